import type { Dictionary } from "../dictionary.ts";
import { pluralsOf } from "../plural.ts";

const plural = pluralsOf("es");

export const importing: Dictionary["views"]["import"] = {
  title: "Importar una lista guardada",
  text:
    "Su navegador puede mostrar y guardar la lista de todo lo que posee. Importada, llena la biblioteca sin iniciar sesión; eso solo hace falta para descargar.",
  getTitle: "Obtener mi biblioteca",
  windowText:
    "{{ site }} se abre en una ventana propia. Inicia sesión allí como siempre y pulsa el botón del borde inferior: la página lee la lista de lo que tienes y la entrega a la aplicación. La aplicación no ve contraseña ni cookie alguna; al cerrar la ventana termina la sesión.",
  windowOpen: "Obtener mi biblioteca en una ventana",
  windowWaiting:
    "La ventana está abierta. Inicia sesión allí en {{ site }} y pulsa «Entregar mi biblioteca» en el borde inferior.",
  windowClose: "Cerrar la ventana",
  windowNothing: "La ventana se cerró antes de que se entregara algo. No se ha cambiado nada.",
  orSaved:
    "O con una lista que guarde tu propio navegador. También ayuda donde no se permite iniciar sesión en una ventana, como Google:",
  open: "En el navegador en el que ha iniciado sesión en {{ site }}, abra esta dirección:",
  address: "Dirección de la lista",
  openLink: "Abrir en el navegador",
  save:
    "Muestra un texto largo. Guarde la página (Ctrl+S, en Mac ⌘S), o selecciónelo todo y cópielo.",
  give: "Dé el archivo o el texto a esta ventana.",
  drop: "Suelte aquí el archivo guardado",
  dropAnywhere: "Suelte la lista guardada para importarla",
  choose: "Elegir archivos",
  paste: "O pegue el texto aquí",
  pastedName: "El texto pegado",
  go: "Importar",
  names:
    "Una grabación de red de la página de su biblioteca (HAR, de las herramientas de desarrollo) trae también los nombres de los lanzamientos y lotes. Puede dar varios archivos a la vez.",
  noWay: "Esta ventana no puede entregar archivos. Use el comando mmfsync import.",
  sending: "Enviando…",
  reading: "Leyendo la lista…",
  tooLarge: "Los archivos son demasiado grandes: 64 MB como máximo. Guarde solo la lista.",
  failed: "No se pudo entregar el archivo. Inténtelo de nuevo.",
  unreachable:
    "Esta ventana no puede entregar archivos al motor. Inténtelo de nuevo; si sigue así, cierre la aplicación y ejecute la orden mmfsync import con el archivo.",
  rows: plural({ one: "# fila", other: "# filas" }),
  repeated: plural({ one: "# repetida", other: "# repetidas" }),
  odd: plural({ one: "# no entendida", other: "# no entendidas" }),
  changes: "Nuevos: {{ added }} · cambiados: {{ updated }} · ya no están: {{ removed }}",
  incomplete: "La lista puede estar incompleta: nada se marcó como desaparecido.",
  accept: "Está completa: marcar lo que falta como desaparecido",
  showOdd: "Mostrar lo que no se entendió",
  more: plural({ one: "y # más", other: "y # más" }),
  signIn: "Iniciar sesión para descargar",
  toLibrary: "Mostrar la biblioteca",
};
