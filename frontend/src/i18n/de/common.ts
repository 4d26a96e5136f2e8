import type { Dictionary } from "../dictionary.ts";
import { pluralsOf } from "../plural.ts";

const plural = pluralsOf("de");

/** Words that several views use. */
export const common: Omit<Dictionary, "views"> = {
  appName: "MyMiniFactory Sync",
  nav: {
    label: "Hauptmenü",
    library: "Bibliothek",
    downloads: "Downloads",
    explorer: "Explorer",
    settings: "Einstellungen",
    accounts: "Konten",
    skip: "Zum Inhalt springen",
  },
  models: plural({ one: "# Modell", other: "# Modelle" }),
  files: plural({ one: "# Datei", other: "# Dateien" }),
  cancel: "Abbrechen",
  close: "Schließen",
  undo: "Rückgängig",
  retry: "Erneut versuchen",
  save: "Speichern",
  copy: "Kopieren",
  copied: "Kopiert",
  loading: "Wird geladen …",
  more: "Weitere Aktionen",
  search: "Suchen",
  clearSearch: "Suche leeren",
  nothingFound: "Nichts gefunden",
  moreFound: plural({
    one: "# weiteres: tippen Sie, um es zu finden",
    other: "# weitere: tippen Sie, um sie zu finden",
  }),
  dismiss: "Ausblenden",
  unknownCreator: "Unbekannter Urheber",
  never: "Nie",
  failed: "Das hat nicht geklappt",
  sync: {
    start: "Jetzt abgleichen",
    stop: "Anhalten",
    scanning: "Liste wird gelesen …",
    looking: "Dateien werden gesucht …",
    fetching: "Wird heruntergeladen",
    verifying: "Wird geprüft …",
    moving: "Bibliothek zieht um …",
    adopting: "Dateien werden übernommen …",
    rebuilding: "Ordner werden gelesen …",
    idle: "Auf dem neuesten Stand",
    notHere: plural({ one: "# Modell fehlt hier", other: "# Modelle fehlen hier" }),
    paused: "Pausiert",
    pause: "Downloads pausieren",
    resume: "Downloads fortsetzen",
    left: plural({ one: "noch # Datei", other: "noch # Dateien" }),
    signedOut: "Nicht angemeldet",
    ended: (fetched: number) =>
      fetched === 0
        ? "Alles Vorgemerkte ist da"
        : plural({ one: "# Datei heruntergeladen", other: "# Dateien heruntergeladen" })(fetched),
    someFailed: plural({
      one: "# Datei konnte nicht heruntergeladen werden",
      other: "# Dateien konnten nicht heruntergeladen werden",
    }),
    offline: "Keine Verbindung: es wird gewartet",
    waitingUntil: "Die Website bittet um eine Pause bis {{ time }}",
    limited: "{{ name }} begrenzt Downloads; der nächste um {{ time }}",
    checked:
      "{{ name }} will einen Menschen sehen; nächster Versuch um {{ time }}. Was Sie selbst holen können, steht unter Downloads, Im Browser.",
    limitedPace:
      "{{ name }} begrenzt Downloads; der nächste um {{ time }}, etwa alle {{ every }} einer",
    limitedRest: "Noch etwa {{ rest }}: Die Website gibt etwa {{ links }} Links pro Stunde",
    finished: "Sync beendet",
    broken: "Der Sync ist abgebrochen",
    retryAt: "{{ what }} · nächster Versuch um {{ time }}",
  },
  connection: {
    connecting: "Verbindung zum Sync-Dienst wird hergestellt …",
    lost: "Der Sync-Dienst ist stehen geblieben. Er wird neu gestartet …",
    lostInBrowser: "Die Verbindung zum Sync-Dienst ist abgerissen. Neuer Versuch …",
    back: "Der Sync-Dienst läuft wieder",
    refusedTitle: "Diese Seite braucht einen Schlüssel",
    refusedText:
      "Öffnen Sie den Link, den das Terminal zeigt: Er lässt einen Browser ein. Sobald einer benutzt wurde, steht dort ein neuer.",
    passwordTitle: "Passwort eingeben",
    passwordText: "Es wurde beim Start des Servers gewählt.",
    password: "Passwort",
    enter: "Öffnen",
    wrongPassword: "Das ist nicht das Passwort.",
  },
  demo: {
    banner: "Demo: eine erfundene Bibliothek. Nichts hier kommt von einer echten Website.",
    leave: "Demo verlassen",
  },
  availability: {
    public: "Auf der Website",
    withdrawn: "Zurückgezogen, weiterhin Ihres",
    locked: "Gesperrt",
    gone: "Nicht mehr gelistet",
    vanished: "Gelistet, aber nicht da",
    empty: "Ohne Dateien",
  },
  failure: {
    retryable: {
      what: "Die Verbindung ist abgerissen",
      remedy: "Es wird von selbst noch einmal versucht.",
    },
    throttled: {
      what: "Die Website bittet um eine Pause",
      remedy: "Danach geht es von selbst weiter.",
    },
    challenged: {
      what: "Die Website will einen Menschen sehen",
      remedy: "Öffnen Sie sie einmal im Browser und versuchen Sie es dann noch einmal.",
    },
    needsAuth: {
      what: "Die Anmeldung ist abgelaufen",
      remedy: "Melden Sie sich unter „Konten“ neu an.",
    },
    needsNewLease: {
      what: "Die Download-Adresse ist abgelaufen",
      remedy: "Eine neue wird angefordert.",
    },
    locked: {
      what: "Ihr Konto darf das nicht herunterladen",
      remedy:
        "Sehen Sie auf der Website nach, ob Ihr Kauf oder Ihre Mitgliedschaft es noch abdeckt.",
    },
    refused: {
      what: "Die Website verweigert der App diese Datei",
      remedy: "Holen Sie sie mit Ihrem eigenen Browser, unter Downloads.",
    },
    gone: {
      what: "Die Website hat es nicht mehr",
      remedy: "Nichts zu tun; was Sie haben, bleibt.",
    },
    integrity: {
      what: "Was ankam, war beschädigt",
      remedy: "Versuchen Sie es noch einmal; bleibt es so, ist die Datei auf der Website defekt.",
    },
    diskFull: {
      what: "Die Festplatte ist voll",
      remedy: "Schaffen Sie Platz; dann geht es von selbst weiter.",
    },
    diskFault: {
      what: "Die Festplatte gibt eine Datei nicht her",
      remedy: "Es wird von selbst noch einmal versucht.",
    },
    permission: {
      what: "In den Ordner kann nicht geschrieben werden",
      remedy: "Prüfen Sie das Laufwerk und die Rechte des Ordners aus den Einstellungen.",
    },
    cancelled: { what: "Angehalten", remedy: "Starten Sie es wieder, wann Sie mögen." },
    badInput: { what: "Das geht nicht", remedy: "" },
    bug: {
      what: "Im Programm ist etwas schiefgegangen",
      remedy: "Das Protokoll steht unter „Einstellungen“, „Diagnose“.",
    },
    timeout: {
      what: "Der Sync-Dienst hat nicht geantwortet",
      remedy: "Versuchen Sie es noch einmal.",
    },
    disconnected: {
      what: "Die Verbindung zum Sync-Dienst ist abgerissen",
      remedy: "Versuchen Sie es gleich noch einmal.",
    },
  },
};
