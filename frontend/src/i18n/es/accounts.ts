import type { Dictionary } from "../dictionary.ts";

export const accounts: Dictionary["views"]["accounts"] = {
  intro:
    "Lo que introduzca se guarda en el llavero de este equipo o, si no lo hay, cifrado, y solo se envía al sitio.",
  signIn: "Iniciar sesión",
  signInAgain: "Volver a iniciar sesión",
  signOut: "Cerrar sesión",
  signedInAs: "Sesión iniciada como {{ name }}",
  signedOut: "Sin sesión iniciada",
  since: "Desde el {{ date }}",
  lastScan: "Lista leída {{ time }}",
  neverScanned: "Lista aún sin leer",
  pausedUntil: "El sitio pide una pausa hasta {{ time }}",
  disabled: "Desactivado en «Ajustes», «Complementos»",
  signOutTitle: "¿Cerrar la sesión de {{ name }}?",
  signOutText:
    "La sesión guardada se borra de este equipo. Su biblioteca y todos sus archivos se conservan.",
  signedOutNow: "Sesión de {{ name }} cerrada",
  none: "Ningún sitio en el que iniciar sesión",
  noneText:
    "Todos los complementos faltan o están desactivados. Se encuentran en «Ajustes», «Complementos».",
  way: "Forma de iniciar sesión",
  can: "Permite",
  cannot: "No permite",
  how: "Cómo obtenerlo",
  address: "Dirección que abrir",
  open: "Abrir en el navegador",
  secret: "Pegar aquí: {{ label }}",
  paste: "Pegar",
  show: "Mostrar",
  hide: "Ocultar",
  checking: "Consultando al sitio…",
  missing: "Péguelo primero.",
  refused:
    "El sitio no lo ha aceptado. Cópielo de nuevo como se indica: uno anterior puede haber caducado.",
  choose: {
    question: "¿Qué se debe descargar?",
    everything: "Todo",
    everythingText: "Todos los modelos que posee y los que obtenga más adelante.",
    pick: "Elijo yo",
    pickText: "Nada por sí solo: los modelos se marcan en la biblioteca.",
    note:
      "Primero solo se lee la lista. Las descargas empiezan al pulsar «Descargar» en la biblioteca.",
    go: "Leer mi biblioteca",
  },
  welcome: {
    title: "Le damos la bienvenida",
    text:
      "MyMiniFactory Sync guarda en su propio disco los modelos 3D que posee y comprueba cada archivo. Inicie sesión en un sitio para ver aquí su biblioteca; no se descarga nada hasta que lo pida.",
    folder: "Los archivos van a esta carpeta",
    change: "Cambiar",
    demo: "Probar la biblioteca de demostración",
    demoText: "Una biblioteca inventada de un sitio simulado: sin cuenta, nada real.",
  },
};
