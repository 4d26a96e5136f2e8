import { pluralsOf } from "../plural.ts";

const plural = pluralsOf("es");

export const onDisk = {
  adopt: {
    title: "Archivos que ya tienes",
    text:
      "Recorre una carpeta y toma lo que pertenece a tu biblioteca, para no tener que descargarlo.",
    open: "Buscarlos…",
    action: "Ya tengo algunos de estos archivos",
    folder: "Carpeta",
    how: "Qué pasa con ellos",
    copy: "Copiar",
    move: "Mover",
    link: "Enlazar",
    copyText: "Tus archivos se quedan donde están; la biblioteca recibe una copia.",
    moveText: "Tus archivos pasan a la biblioteca y ya no están donde estaban.",
    linkText:
      "No ocupa espacio: biblioteca y carpeta comparten el archivo. Cambiar uno cambia el otro.",
    look: "Solo mirar",
    run: "Tomar",
    stop: "Parar",
    finding: "Averiguando qué archivos tiene tu biblioteca…",
    running: "{{ looked }} vistos, {{ adopted }} tomados",
    took: plural({ one: "# archivo tomado", other: "# archivos tomados" }),
    would: plural({ one: "# archivo se podría tomar", other: "# archivos se podrían tomar" }),
    ways: {
      sidecar: "por su descripción",
      sha256: "por su suma de control",
      name: "por tamaño y nombre",
      chosen: "elegidos por ti",
    },
    others: {
      here: "ya están aquí",
      ambiguous: "no están claros",
      unknown: "no son de tu biblioteca",
      own: "de la aplicación o del sistema",
      failed: "no se pudieron tomar",
    },
    unclearTitle: "No está claro",
    unclearText:
      "Podrían ser varios archivos de tu biblioteca, o varios de ellos el mismo. Elige, o déjalos.",
    leave: "Dejar",
    choose: plural({ one: "Tomar el # elegido", other: "Tomar los # elegidos" }),
    more: plural({ one: "# más no se muestra.", other: "# más no se muestran." }),
  },
  recognised: {
    sidecar: "Encontrado en este disco, por su descripción",
    sha256: "Encontrado en este disco, por su suma de control",
    name: "Encontrado en este disco, por tamaño y nombre",
    chosen: "Encontrado en este disco, elegido por ti",
  },
  versions: {
    title: "Versiones antiguas",
    text: "Lo que un archivo más nuevo sustituyó queda en .versions hasta que lo borres.",
    sum: plural({ one: "# versión antigua", other: "# versiones antiguas" }),
    none: "No hay ninguna.",
    restore: "Recuperar",
    restored: "{{ path }} vuelve a ser la versión antigua",
    drop: "Borrar",
    dropAll: "Borrar versiones antiguas…",
    dropTitle: plural({
      one: "¿Borrar # versión antigua?",
      other: "¿Borrar # versiones antiguas?",
    }),
    dropText: "{{ size }} en este disco. No se puede deshacer.",
    dropped: plural({ one: "# versión antigua borrada", other: "# versiones antiguas borradas" }),
    age: "Cuáles",
    ages: {
      all: "Todas",
      "30": "De más de 30 días",
      "180": "De más de medio año",
      "365": "De más de un año",
    },
  },
  exporting: {
    title: "Exportar la biblioteca",
    text:
      "Todos los modelos y archivos con sus sumas de control en un solo archivo, para otros programas.",
    json: "Como JSON",
    csv: "Como CSV",
    done: "Escrito en {{ path }}",
  },
  rebuild: {
    title: "Leer la biblioteca de sus carpetas",
    text:
      "Cada carpeta de modelo dice qué contiene. Para una base de datos a la que le falta algo, o una biblioteca de otro ordenador.",
    run: "Leer",
    running: plural({ one: "# carpeta leída", other: "# carpetas leídas" }),
    done: "{{ models }} modelos y {{ files }} archivos que le faltaban a la base de datos",
  },
  recovery: {
    damaged: "La base de datos estaba dañada y se apartó.",
    lost: "La base de datos había desaparecido.",
    backup: "Una copia del {{ date }} ocupa su lugar.",
    rebuilt:
      "{{ models }} modelos y {{ files }} archivos se leyeron de sus carpetas; nada se descarga otra vez.",
    pending: "Tus modelos se leerán en cuanto la carpeta de la biblioteca esté ahí.",
    check: "Los modelos de los que no había nada aquí no se quieren hasta que los marques.",
  },
};
