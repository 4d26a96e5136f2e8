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
  ended: "Sesión terminada: inicie sesión de nuevo",
  until: "Sesión abierta hasta {{ time }}",
  browser: {
    port: "Puerto (cámbielo solo si otro programa lo usa)",
    badPort: "Un puerto de 1024 a 65535",
    returnAddress: "Dirección de retorno que debe registrar con su aplicación",
    app: "Su aplicación: {{ id }}",
    change: "Cambiar",
    clientId: "Identificador de cliente",
    clientSecret: "secreto de cliente, si su aplicación tiene uno",
    missing: "Introduzca primero el identificador de cliente de su aplicación.",
    signIn: "Iniciar sesión en el sitio",
    waiting: "Esperándole en el navegador…",
    waitingText:
      "Inicie sesión en la página que se ha abierto. Si no se abrió ninguna, abra usted esta dirección:",
    elsewhere: "¿Su navegador está en otro ordenador?",
    elsewhereText:
      "Entonces acaba en una página inaccesible. Copie la dirección completa de esa página y péguela aquí.",
    ended: "Dirección en la que acabó el navegador",
    hand: "Entregar",
  },
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
