import type { Dictionary } from "../dictionary.ts";
import { pluralsOf } from "../plural.ts";

const plural = pluralsOf("es");

export const settings: Dictionary["views"]["settings"] = {
  title: "Ajustes",
  sections: {
    label: "Secciones",
    library: "Biblioteca",
    downloads: "Descargas",
    appearance: "Apariencia",
    plugins: "Complementos",
    diagnostics: "Diagnóstico",
  },
  root: {
    title: "Carpeta de la biblioteca",
    text: "Cada modelo tiene aquí su propia carpeta, ordenada por sitio y creador.",
    change: "Cambiar…",
    path: "Nueva carpeta",
    pick: "Elegir…",
    pickTitle: "Elegir la carpeta de la biblioteca",
    check: "Comprobar",
    free: "{{ size }} libres",
    isEmpty: "La carpeta está vacía.",
    isNew: "Se creará la carpeta.",
    isOwn: "Es la biblioteca de esta aplicación o una copia de ella.",
    isOther: "En esta carpeta hay otra biblioteca.",
    hasOther: "La carpeta contiene otras cosas. No se tocarán.",
    move: "Mover allí la biblioteca",
    moveText: "Los archivos se copian y se verifican antes de eliminar nada aquí.",
    adopt: "Usar esa carpeta",
    adoptText: "Lo que falte allí se descarga de nuevo. Aquí no se elimina nada.",
    moving: "Moviendo: {{ done }} de {{ all }}",
    moved: "La biblioteca está ahora en {{ root }}",
    stop: "Dejar de mover",
    notWhileBusy:
      "Detenga primero la sincronización: la carpeta no se puede cambiar mientras está en curso.",
  },
  newWanted: {
    title: "Modelos nuevos",
    text: "Qué sucede con los modelos que aparecen en su biblioteca.",
    all: "Añadir todos a deseados",
    choose: "Elijo yo",
  },
  concurrency: {
    title: "Descargas simultáneas",
    text: "Más no siempre es más rápido, y los sitios también lo notan.",
    value: plural({ one: "# descarga", other: "# descargas" }),
  },
  connections: {
    title: "Conexiones para archivos grandes",
    text: "Los archivos desde 64 MB llegan por partes, donde el sitio lo permite. 1 lo desactiva.",
    value: plural({ one: "# conexión", other: "# conexiones" }),
  },
  bandwidth: {
    title: "Límite de velocidad",
    text: "Para todas las descargas en conjunto, fuera de los horarios de abajo.",
    unlimited: "Sin límite",
    limited: "Limitada",
    value: "Kilobytes por segundo",
    unit: "kB/s",
    invalid: "Un número entero de 10 a 10.000.000.",
  },
  windows: {
    title: "Horarios con límite propio",
    text: "Se aplica el primero que coincida con la hora.",
    add: "Añadir un horario",
    remove: "Quitar este horario",
    from: "Desde",
    to: "Hasta",
    limit: "Límite en kilobytes por segundo, vacío para ninguno",
    none: "Todavía no hay horarios.",
  },
  notifications: {
    title: "Notificaciones",
    text:
      "Cuando termina una sincronización larga, caduca un acceso o se llena el disco mientras usted mira otra cosa.",
    denied: "Su navegador no permite avisos de esta página. Puede cambiarlo en sus ajustes.",
  },
  autoLaunch: {
    title: "Abrir al iniciar sesión",
    text: "La aplicación se abre al iniciar sesión en el equipo.",
    unavailable: "No disponible aquí.",
  },
  theme: {
    title: "Tema",
    text: "Claro, oscuro o como el sistema.",
    system: "Sistema",
    light: "Claro",
    dark: "Oscuro",
  },
  language: { title: "Idioma", text: "El de esta ventana.", system: "Sistema" },
  plugins: {
    text:
      "Cada sitio es un complemento. Se ejecuta en su propio entorno aislado y solo accede a lo que se indica aquí.",
    enable: "Usar {{ name }}",
    permissions: "Puede",
    version: "Versión {{ version }}",
    state: {
      "built-in": "Incluido en la aplicación",
      unsigned: "Sin firmar",
      invalid: "No se puede usar",
    },
    none: "No se ha encontrado ningún complemento.",
  },
  doctor: {
    title: "Revisión",
    text: "Busca los problemas habituales. No cambia nada.",
    run: "Hacer la revisión",
    well: "Todo parece estar bien.",
    unwell: plural({
      one: "# punto requiere su atención.",
      other: "# puntos requieren su atención.",
    }),
    names: {
      keychain: "Llavero",
      folder: "Carpeta de la biblioteca",
      space: "Espacio libre",
      database: "Base de datos",
    },
    ok: "Correcto",
    notOk: "Requiere atención",
  },
  log: {
    title: "Registro",
    text: "Lo último que ha anotado el motor. Los nombres van cifrados y los secretos se omiten.",
    refresh: "Actualizar",
    empty: "El registro está vacío.",
  },
  export: {
    title: "Archivo de diagnóstico",
    text:
      "Estado, revisión y registro en un solo archivo para adjuntar a una consulta. Sin nombres ni secretos.",
    run: "Escribir el archivo",
    done: "Escrito en {{ path }}",
  },
  about: { version: "Versión {{ version }}" },
};
