import { pluralsOf } from "../plural.ts";

const plural = pluralsOf("de");

export const verify = {
  title: "Prüfen",
  never: "Die ganze Bibliothek wurde noch nicht geprüft",
  last: "Ganze Bibliothek {{ time }} geprüft: {{ size }} in {{ files }} Dateien",
  night: "Nachts, {{ time }}: {{ size }} gelesen, {{ bad }} nicht in Ordnung",
  unfinished: "Eine Prüfung wurde {{ time }} angehalten. Dieselbe geht dort weiter, wo sie war.",
  scope: "Was gelesen wird",
  scopes: {
    all: "Die ganze Bibliothek",
    oldest: "10 GB, am längsten nicht gelesen",
    month: "Was 30 Tage nicht gelesen wurde",
    sample: "Ein zufälliges Zwanzigstel",
  },
  run: "Prüfen",
  goOn: "Weiter",
  restart: "Neu beginnen",
  stop: "Anhalten",
  running: "Wird geprüft",
  repairing: "Wird repariert",
  checked: "{{ checked }} von {{ of }} Dateien",
  bytes: "{{ done }} von {{ all }}",
  left: "noch {{ time }}",
  findings: "Was gefunden wurde",
  filter: "Welche Funde",
  all: "Alle",
  verdict: {
    MISSING: "Fehlt",
    SIZE: "Falsche Größe",
    HASH: "Beschädigt",
    UNVERIFIED: "Nicht lesbar",
    SIDECAR: "Falsches Verzeichnis",
    EXTRA: "Nicht aus der Bibliothek",
  },
  when: "Gefunden",
  file: "Datei",
  what: "Was",
  size: "Größe",
  queue: { queued: "Wartet", running: "Lädt", paused: "Angehalten", failed: "Gescheitert" },
  repair: "Reparieren",
  repairText:
    "Lädt neu, was fehlt oder beschädigt ist, von einer großen Datei nur den beschädigten Teil. Arbeit, die Sie über eine Datei gespeichert haben, bleibt in .versions erhalten.",
  verified: "Geprüft: {{ ok }} in Ordnung, {{ bad }} nicht",
  repaired: plural({ one: "# Datei repariert", other: "# Dateien repariert" }),
  notRepaired: plural({
    one: "# Datei konnte noch nicht repariert werden",
    other: "# Dateien konnten noch nicht repariert werden",
  }),
  damaged: plural({
    one: "# Datei fehlt oder ist beschädigt",
    other: "# Dateien fehlen oder sind beschädigt",
  }),
  doubt: {
    title: "So viel reparieren?",
    text:
      "{{ bad }} von {{ of }} Dateien fehlen oder sind beschädigt in {{ root }}. Ist das richtige Laufwerk da, und ist es gesund? Noch wurde nichts geändert. Die Reparatur lädt sie alle neu.",
    confirm: "Alle reparieren",
  },
  fine: { title: "Alles in Ordnung", text: "Alles Gelesene ist, was heruntergeladen wurde." },
  noneOfKind: "Nichts dergleichen wurde gefunden.",
  unread: {
    title: "Noch nicht geprüft",
    text:
      "Beim Prüfen wird jede Datei noch einmal gelesen und mit dem verglichen, was heruntergeladen wurde. Es lässt sich jederzeit anhalten und geht später weiter.",
  },
  open: "Öffnen",
  openText:
    "Liest Dateien noch einmal, vergleicht sie mit dem Heruntergeladenen und repariert, was nicht stimmt.",
  lastRead: "{{ time }} geprüft",
  nightly: {
    title: "Nachts prüfen",
    text:
      "Solange die App läuft, liest sie noch einmal, was am längsten nicht gelesen wurde, und macht allem anderen Platz.",
    off: "Aus",
    on: "Ein",
    gigabytes: "Gigabyte je Nacht",
    unit: "GB je Nacht",
    invalid: "Eine ganze Zahl von 1 bis 100.000.",
  },
};
