import type { Dictionary } from "../dictionary.ts";
import { pluralsOf } from "../plural.ts";

const plural = pluralsOf("de");

export const settings: Dictionary["views"]["settings"] = {
  title: "Einstellungen",
  sections: {
    label: "Abschnitte",
    library: "Bibliothek",
    downloads: "Downloads",
    appearance: "Darstellung",
    plugins: "Plugins",
    diagnostics: "Diagnose",
  },
  root: {
    title: "Bibliotheksordner",
    text: "Jedes Modell bekommt hier seinen eigenen Ordner, sortiert nach Website und Urheber.",
    change: "Ändern …",
    path: "Neuer Ordner",
    pick: "Auswählen …",
    pickTitle: "Bibliotheksordner auswählen",
    check: "Prüfen",
    free: "{{ size }} frei",
    isEmpty: "Der Ordner ist leer.",
    isNew: "Der Ordner wird angelegt.",
    isOwn: "Das ist die Bibliothek dieser App oder eine Kopie davon.",
    isOther: "In diesem Ordner liegt eine andere Bibliothek.",
    hasOther: "Der Ordner enthält andere Dinge. Sie bleiben unberührt.",
    move: "Bibliothek dorthin verschieben",
    moveText: "Dateien werden kopiert und geprüft, bevor hier etwas gelöscht wird.",
    adopt: "Diesen Ordner verwenden",
    adoptText: "Was dort fehlt, wird neu heruntergeladen. Hier wird nichts gelöscht.",
    moving: "Wird verschoben: {{ done }} von {{ all }}",
    moved: "Die Bibliothek liegt jetzt in {{ root }}",
    stop: "Verschieben anhalten",
    notWhileBusy:
      "Halten Sie zuerst den Abgleich an: Solange er läuft, kann der Ordner nicht geändert werden.",
  },
  newWanted: {
    title: "Neue Modelle",
    text: "Was mit Modellen geschieht, die in Ihrer Bibliothek auftauchen.",
    all: "Alle vormerken",
    choose: "Ich wähle aus",
  },
  concurrency: {
    title: "Gleichzeitige Downloads",
    text: "Mehr ist nicht immer schneller, und die Websites merken es auch.",
    value: plural({ one: "# auf einmal", other: "# auf einmal" }),
  },
  connections: {
    title: "Verbindungen für große Dateien",
    text: "Dateien ab 64 MB kommen in Stücken, wo die Website es zulässt. 1 schaltet es aus.",
    value: plural({ one: "# Verbindung", other: "# Verbindungen" }),
  },
  bandwidth: {
    title: "Geschwindigkeitsgrenze",
    text: "Für alle Downloads zusammen, außerhalb der Zeiten unten.",
    unlimited: "Unbegrenzt",
    limited: "Begrenzt",
    value: "Kilobyte pro Sekunde",
    unit: "kB/s",
    invalid: "Eine ganze Zahl von 10 bis 10.000.000.",
  },
  windows: {
    title: "Zeiten mit eigener Grenze",
    text: "Die erste, die zur Uhrzeit passt, gilt.",
    add: "Zeit hinzufügen",
    remove: "Diese Zeit entfernen",
    from: "Von",
    to: "Bis",
    limit: "Grenze in Kilobyte pro Sekunde, leer für keine",
    none: "Noch keine Zeiten.",
  },
  notifications: {
    title: "Benachrichtigungen",
    text:
      "Wenn ein langer Sync endet, eine Anmeldung abgelaufen oder die Festplatte voll ist, während Sie woanders sind.",
    denied:
      "Ihr Browser erlaubt dieser Seite keine Benachrichtigungen. Das lässt sich in seinen Einstellungen ändern.",
  },
  autoLaunch: {
    title: "Bei der Anmeldung starten",
    text: "Die App öffnet sich, wenn Sie sich an Ihrem Computer anmelden.",
    unavailable: "Hier nicht verfügbar.",
  },
  theme: {
    title: "Farbschema",
    text: "Hell, dunkel oder wie Ihr System.",
    system: "System",
    light: "Hell",
    dark: "Dunkel",
  },
  language: { title: "Sprache", text: "Die Sprache dieses Fensters.", system: "System" },
  plugins: {
    text:
      "Jede Website ist ein Plugin. Es läuft in einer eigenen Sandbox und erreicht nichts außer dem, was hier steht.",
    enable: "{{ name }} verwenden",
    permissions: "Darf",
    version: "Version {{ version }}",
    state: {
      "built-in": "Gehört zur App",
      unsigned: "Nicht signiert",
      invalid: "Nicht verwendbar",
    },
    none: "Es wurden keine Plugins gefunden.",
  },
  doctor: {
    title: "Selbsttest",
    text: "Sucht nach dem, was häufig schiefgeht. Ändert nichts.",
    run: "Selbsttest starten",
    well: "Alles sieht gut aus.",
    unwell: plural({
      one: "# Sache braucht Ihre Aufmerksamkeit.",
      other: "# Dinge brauchen Ihre Aufmerksamkeit.",
    }),
    names: {
      keychain: "Schlüsselbund",
      folder: "Bibliotheksordner",
      space: "Freier Platz",
      database: "Datenbank",
    },
    ok: "In Ordnung",
    notOk: "Braucht Aufmerksamkeit",
  },
  log: {
    title: "Protokoll",
    text:
      "Was der Sync-Dienst zuletzt notiert hat. Namen sind unkenntlich gemacht, Geheimnisse weggelassen.",
    refresh: "Aktualisieren",
    empty: "Das Protokoll ist leer.",
  },
  export: {
    title: "Diagnosedatei",
    text:
      "Status, Selbsttest und Protokoll in einer Datei, die Sie einer Frage beilegen können. Keine Namen, keine Geheimnisse.",
    run: "Datei schreiben",
    done: "Geschrieben nach {{ path }}",
  },
  about: { version: "Version {{ version }}" },
};
