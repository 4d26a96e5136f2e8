import type { Dictionary } from "../dictionary.ts";
import { pluralsOf } from "../plural.ts";

const plural = pluralsOf("es");

/** Words that several views use. */
export const common: Omit<Dictionary, "views"> = {
  appName: "MyMiniFactory Sync",
  nav: {
    label: "Menú principal",
    library: "Biblioteca",
    downloads: "Descargas",
    explorer: "Explorador",
    settings: "Ajustes",
    accounts: "Cuentas",
    skip: "Saltar al contenido",
  },
  models: plural({ one: "# modelo", other: "# modelos" }),
  files: plural({ one: "# archivo", other: "# archivos" }),
  cancel: "Cancelar",
  close: "Cerrar",
  undo: "Deshacer",
  retry: "Reintentar",
  save: "Guardar",
  copy: "Copiar",
  copied: "Copiado",
  loading: "Cargando…",
  more: "Más acciones",
  search: "Buscar",
  clearSearch: "Borrar la búsqueda",
  nothingFound: "No se encontró nada",
  moreFound: plural({
    one: "# más: escriba para hallarlo",
    other: "# más: escriba para hallarlos",
  }),
  dismiss: "Descartar",
  unknownCreator: "Creador desconocido",
  never: "Nunca",
  failed: "No ha funcionado",
  sync: {
    start: "Sincronizar",
    stop: "Detener",
    scanning: "Leyendo la lista…",
    looking: "Buscando archivos…",
    fetching: "Descargando",
    verifying: "Verificando…",
    moving: "Moviendo la biblioteca…",
    adopting: "Tomando archivos…",
    rebuilding: "Leyendo las carpetas…",
    idle: "Al día",
    notHere: plural({ one: "Falta # modelo", other: "Faltan # modelos" }),
    paused: "En pausa",
    pause: "Pausar las descargas",
    resume: "Reanudar las descargas",
    left: plural({ one: "Queda # archivo", other: "Quedan # archivos" }),
    signedOut: "Sin sesión iniciada",
    ended: (fetched: number) =>
      fetched === 0
        ? "Todo lo deseado está aquí"
        : plural({ one: "# archivo descargado", other: "# archivos descargados" })(fetched),
    someFailed: plural({
      one: "No se ha podido descargar # archivo",
      other: "No se han podido descargar # archivos",
    }),
    offline: "Sin conexión: en espera",
    waitingUntil: "El sitio pide una pausa hasta {{ time }}",
    limited: "{{ name }} limita las descargas; la próxima a las {{ time }}",
    checked:
      "{{ name }} quiere ver a una persona; próximo intento a las {{ time }}. Descargas, En mi navegador, muestra lo que usted puede obtener.",
    limitedPace:
      "{{ name }} limita las descargas; la próxima a las {{ time }}, más o menos 1 cada {{ every }}",
    limitedRest: "Queda aproximadamente {{ rest }}: el sitio da unos {{ links }} enlaces por hora",
    finished: "Sincronización terminada",
    broken: "La sincronización se ha interrumpido",
    retryAt: "{{ what }} · próximo intento a las {{ time }}",
  },
  connection: {
    connecting: "Conectando con el motor de sincronización…",
    lost: "El motor de sincronización se ha detenido. Reiniciando…",
    lostInBrowser: "Se ha perdido la conexión con el motor de sincronización. Reintentando…",
    back: "El motor de sincronización vuelve a funcionar",
    refusedTitle: "Esta página necesita una clave",
    refusedText:
      "Abra el enlace que muestra el terminal: deja entrar a un navegador. Cada vez que se usa uno, allí aparece otro nuevo.",
    passwordTitle: "Introduzca la contraseña",
    passwordText: "Se eligió al iniciar el servidor.",
    password: "Contraseña",
    enter: "Entrar",
    wrongPassword: "Esta no es la contraseña.",
  },
  demo: {
    banner: "Demostración: una biblioteca inventada. Nada de esto viene de un sitio real.",
    leave: "Salir de la demostración",
  },
  availability: {
    public: "En el sitio",
    withdrawn: "Retirado, sigue siendo suyo",
    locked: "Bloqueado",
    gone: "Ya no figura",
    vanished: "Figura, pero no está",
    empty: "Sin archivos",
  },
  failure: {
    retryable: { what: "La conexión se ha cortado", remedy: "Se reintenta automáticamente." },
    throttled: { what: "El sitio pide una pausa", remedy: "Después continúa automáticamente." },
    challenged: {
      what: "El sitio quiere ver a una persona",
      remedy: "Abra el sitio una vez en su navegador y vuelva a intentarlo.",
    },
    needsAuth: {
      what: "La sesión ha caducado",
      remedy: "Inicie sesión de nuevo en «Cuentas».",
    },
    needsNewLease: {
      what: "La dirección de descarga ha caducado",
      remedy: "Se solicita una nueva.",
    },
    locked: {
      what: "Su cuenta no puede descargar esto",
      remedy: "Compruebe en el sitio si su compra o su suscripción aún lo cubre.",
    },
    refused: {
      what: "El sitio niega este archivo a la aplicación",
      remedy: "Consígalo con su propio navegador, en Descargas.",
    },
    gone: {
      what: "El sitio ya no lo tiene",
      remedy: "No hay nada que hacer; lo que tiene se conserva.",
    },
    integrity: {
      what: "Lo recibido estaba dañado",
      remedy: "Vuelva a intentarlo; si sigue igual, el archivo del sitio está dañado.",
    },
    diskFull: {
      what: "El disco está lleno",
      remedy: "Libere espacio; después continúa automáticamente.",
    },
    diskFault: {
      what: "El disco no deja usar un archivo",
      remedy: "Se vuelve a intentar automáticamente.",
    },
    permission: {
      what: "No se puede escribir en la carpeta",
      remedy: "Compruebe la unidad y los permisos de la carpeta indicada en los ajustes.",
    },
    cancelled: { what: "Detenido", remedy: "Vuelva a iniciarlo cuando quiera." },
    badInput: { what: "Eso no es posible", remedy: "" },
    bug: {
      what: "Algo ha fallado internamente",
      remedy: "El registro está en «Ajustes», «Diagnóstico».",
    },
    timeout: { what: "El motor no ha respondido", remedy: "Vuelva a intentarlo." },
    disconnected: {
      what: "Se ha perdido la conexión con el motor",
      remedy: "Vuelva a intentarlo dentro de un momento.",
    },
  },
};
