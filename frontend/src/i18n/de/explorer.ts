import type { Dictionary } from "../dictionary.ts";
import { pluralsOf } from "../plural.ts";

const plural = pluralsOf("de");

export const explorer: Dictionary["views"]["explorer"] = {
  title: "Explorer",
  tree: "Websites, Urheber und Modelle",
  search: "Urheber suchen",
  more: plural({ one: "Noch # anzeigen", other: "Noch # anzeigen" }),
  choose: {
    title: "Wählen Sie ein Modell",
    text: "Seine Bilder, seine Dateien und was sich damit machen lässt, erscheinen hier.",
  },
  empty: {
    title: "Noch nichts zu entdecken",
    text: "Modelle erscheinen hier, sobald Ihre Bibliothek gelesen wurde.",
  },
  wanted: "Vorgemerkt",
  onSite: "Auf der Website öffnen",
  reveal: "Ordner öffnen",
  refetch: "Neu herunterladen",
  verify: "Prüfen",
  remove: "Dateien löschen …",
  restore: "Zurückholen",
  files: "Dateien",
  about: "Angaben",
  tags: "Schlagwörter",
  license: "Lizenz",
  releases: "Veröffentlichungen",
  folder: "Ordner",
  noFiles: "Die Website führt für dieses Modell keine Dateien auf.",
  notLooked:
    "Seine Dateien sind noch nicht bekannt: Sie werden angefragt, wenn es vorgemerkt ist und heruntergeladen wird.",
  preview: "Vorschau",
  noPreview:
    "Für diese Art von Datei gibt es keine Vorschau. Öffnen Sie den Ordner, um sie zu verwenden.",
  notHere: "Diese Datei ist noch nicht hier. Laden Sie das Modell herunter, um sie anzusehen.",
  image: "Bild {{ name }}",
  fileState: {
    here: "Hier",
    outdated: "Ältere Version",
    absent: "Nicht hier",
    removed: "Von Ihnen gelöscht",
    queued: "Wartet",
    running: "Wird geladen",
    paused: "Pausiert",
    failed: "Gescheitert",
  },
  unpack: "Entpacken",
  unpacking: "{{ name }} wird entpackt …",
  unpackedBefore: "{{ name }} wurde schon entpackt",
  unpacked: plural({
    one: "# Datei neben dem Archiv entpackt",
    other: "# Dateien neben dem Archiv entpackt",
  }),
  leftOut: plural({
    one:
      "# Eintrag wurde ausgelassen: Er führt woandershin, ist ein Verweis oder verlangt ein Kennwort.",
    other:
      "# Einträge wurden ausgelassen: Sie führen woandershin, sind Verweise oder verlangen ein Kennwort.",
  }),
  refetching: plural({
    one: "# Datei wird neu heruntergeladen",
    other: "# Dateien werden neu heruntergeladen",
  }),
  restoring: plural({
    one: "# Datei wird neu heruntergeladen",
    other: "# Dateien werden neu heruntergeladen",
  }),
  removed: plural({ one: "# Datei gelöscht", other: "# Dateien gelöscht" }),
  removeTitle: plural({ one: "# Datei löschen?", other: "# Dateien löschen?" }),
  removeText:
    "{{ size }} auf dieser Festplatte. Von selbst wird nichts davon wieder heruntergeladen; Sie können es später hier zurückholen. Was Ihnen auf der Website gehört, ändert sich nicht.",
  removeConfirm: "Löschen",
  creator: {
    models: plural({ one: "# Modell", other: "# Modelle" }),
    wantAll: "Alle vormerken",
    wantNone: "Keines vormerken",
    inLibrary: "In der Bibliothek zeigen",
  },
  access: {
    label: "Zugang",
    withdrawn: {
      what: "Privat oder zurückgezogen",
      text:
        "Wer es erstellt hat, hat es von der öffentlichen Website genommen. Was Ihnen davon gehört, bekommen Sie weiterhin.",
    },
    locked: {
      what: "Für Ihr Konto gesperrt",
      text:
        "Es gehört Ihnen, aber die Website zeigt es mit einem Schloss. Sehen Sie dort nach, ob Ihr Kauf oder Ihre Mitgliedschaft es noch abdeckt.",
    },
    vanished: {
      what: "Gelistet, aber nicht da",
      text:
        "Ihre Bibliothek auf der Website führt es auf, aber die Website sagt, dass es dieses Modell nicht mehr gibt.",
    },
    gone: {
      what: "Nicht mehr als Ihres gelistet",
      text: "Was Sie auf der Platte haben, bleibt und wird geprüft wie zuvor.",
    },
    said: "Die Website, {{ time }}: {{ message }}",
  },
  viewer: {
    picture: "3D-Ansicht von {{ name }}, {{ dimensions }}, {{ triangles }} Dreiecke",
    keys: "Pfeiltasten drehen das Modell, Plus und Minus zoomen, 0 zeigt es wieder ganz.",
    dimensions: "{{ x }} × {{ y }} × {{ z }} mm",
    dimensionsLabel: "Breite × Tiefe × Höhe",
    triangles: "{{ count }} Dreiecke",
    loading: "{{ name }} wird geladen …",
    loaded: "{{ loaded }} von {{ total }}",
    preparing: "Die Datei wird vorbereitet …",
    reset: "Ganzes Modell zeigen",
    wireframe: "Drahtgitter",
    incomplete: "Ein Teil der Datei fehlt oder ist beschädigt. Das ist, was sich lesen lässt.",
    large: "Dieses Modell ist groß ({{ size }}) und braucht vielleicht eine Weile.",
    loadAnyway: "Trotzdem laden",
    retry: "Erneut versuchen",
    noWebGl: "Hier gibt es kein 3D-Bild: WebGL fehlt",
    contextLost: "Die Grafikkarte macht eine Pause. Das Bild kommt von selbst zurück.",
    damaged: "Diese Datei ist beschädigt oder nicht das, was ihr Name sagt",
    empty: "Diese Datei enthält kein Modell",
    tooLarge: "Diese Datei ist zu groß für die Anzeige",
    unsupported: "Diese Art von Datei kann nicht angezeigt werden",
    unreachable: "Die Datei konnte nicht gelesen werden",
    timedOut: "Die Vorbereitung dieser Datei dauert zu lange",
    password: "Diese Datei verlangt ein Passwort. Öffnen Sie sie in einem anderen Programm",
    page: "Seite {{ page }} von {{ pages }}",
    previousPage: "Vorige Seite",
    nextPage: "Nächste Seite",
    fitWidth: "An die Breite anpassen",
  },
};
