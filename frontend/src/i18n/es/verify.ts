import { pluralsOf } from "../plural.ts";

const plural = pluralsOf("es");

export const verify = {
  title: "Verificar",
  never: "Aún no se ha verificado toda la biblioteca",
  last: "Toda la biblioteca verificada {{ time }}: {{ size }} en {{ files }} archivos",
  night: "De noche, {{ time }}: {{ size }} leídos, {{ bad }} con problemas",
  unfinished: "Una verificación se detuvo {{ time }}. La misma sigue donde estaba.",
  scope: "Qué se lee",
  scopes: {
    all: "Toda la biblioteca",
    oldest: "10 GB, sin leer desde hace más tiempo",
    month: "Lo que no se leyó en 30 días",
    sample: "Una vigésima parte al azar",
  },
  run: "Verificar",
  goOn: "Seguir",
  restart: "Empezar de nuevo",
  stop: "Detener",
  running: "Verificando",
  repairing: "Reparando",
  checked: "{{ checked }} de {{ of }} archivos",
  bytes: "{{ done }} de {{ all }}",
  left: "quedan {{ time }}",
  findings: "Lo que se encontró",
  filter: "Qué resultados",
  all: "Todos",
  verdict: {
    MISSING: "Falta",
    SIZE: "Tamaño incorrecto",
    HASH: "Dañado",
    UNVERIFIED: "Ilegible",
    SIDECAR: "Índice incorrecto",
    EXTRA: "Ajeno a la biblioteca",
  },
  when: "Encontrado",
  file: "Archivo",
  what: "Qué",
  size: "Tamaño",
  queue: { queued: "En espera", running: "Descargando", paused: "En pausa", failed: "Fallido" },
  repair: "Reparar",
  repairText:
    "Descarga de nuevo lo que falta o está dañado, y de un archivo grande solo la parte dañada. El trabajo que guardó sobre un archivo se conserva en .versions.",
  verified: "Verificado: {{ ok }} bien, {{ bad }} no",
  repaired: plural({ one: "# archivo reparado", other: "# archivos reparados" }),
  notRepaired: plural({
    one: "# archivo no se pudo reparar aún",
    other: "# archivos no se pudieron reparar aún",
  }),
  damaged: plural({
    one: "# archivo falta o está dañado",
    other: "# archivos faltan o están dañados",
  }),
  doubt: {
    title: "¿Reparar tantos archivos?",
    text:
      "Faltan o están dañados {{ bad }} de {{ of }} archivos en {{ root }}. ¿Es el disco correcto y está en buen estado? Aún no se ha cambiado nada. La reparación los descarga todos de nuevo.",
    confirm: "Reparar todo",
  },
  fine: { title: "Todo está bien", text: "Todo lo leído es lo que se descargó." },
  noneOfKind: "No se encontró nada así.",
  unread: {
    title: "Aún sin verificar",
    text:
      "Al verificar se vuelve a leer cada archivo y se compara con lo que se descargó. Se puede detener en cualquier momento y sigue más tarde.",
  },
  open: "Abrir",
  openText: "Vuelve a leer archivos, los compara con lo descargado y repara lo que no está bien.",
  lastRead: "Verificado {{ time }}",
  nightly: {
    title: "Verificar de noche",
    text:
      "Mientras la aplicación está abierta, vuelve a leer lo que lleva más tiempo sin leerse y cede el paso a todo lo demás.",
    off: "No",
    on: "Sí",
    gigabytes: "Gigabytes por noche",
    unit: "GB por noche",
    invalid: "Un número entero de 1 a 100.000.",
  },
};
