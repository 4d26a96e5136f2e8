import type { Dictionary } from "../dictionary.ts";
import { pluralsOf } from "../plural.ts";

const plural = pluralsOf("de");

export const importing: Dictionary["views"]["import"] = {
  title: "Gespeicherte Liste importieren",
  text:
    "Ihr Browser kann die Liste all dessen zeigen und speichern, was Ihnen gehört. Importiert füllt sie die Bibliothek ohne Anmeldung; die braucht es nur zum Herunterladen.",
  getTitle: "Meine Bibliothek holen",
  windowText:
    "{{ site }} öffnet sich in einem eigenen Fenster. Melden Sie sich dort wie gewohnt an und drücken Sie den Knopf am unteren Rand: Die Seite liest die Liste dessen, was Ihnen gehört, und übergibt sie der App. Die App sieht weder Passwort noch Cookie; mit dem Fenster endet die Anmeldung.",
  windowOpen: "Meine Bibliothek in einem Fenster holen",
  windowWaiting:
    "Das Fenster ist offen. Melden Sie sich dort bei {{ site }} an und drücken Sie am unteren Rand „Meine Bibliothek übergeben“.",
  windowClose: "Fenster schließen",
  windowNothing:
    "Das Fenster wurde geschlossen, bevor etwas übergeben war. Es wurde nichts geändert.",
  orSaved:
    "Oder mit einer Liste, die Ihr eigener Browser speichert. Das hilft auch, wo Sie sich in einem Fenster nicht anmelden dürfen, wie bei Google:",
  open: "Öffnen Sie in dem Browser, in dem Sie bei {{ site }} angemeldet sind, diese Adresse:",
  address: "Adresse der Liste",
  openLink: "Im Browser öffnen",
  save:
    "Sie zeigt einen langen Text. Speichern Sie die Seite (Strg+S, am Mac ⌘S), oder wählen Sie alles aus und kopieren Sie es.",
  give: "Geben Sie die Datei oder den Text diesem Fenster.",
  drop: "Gespeicherte Datei hierher ziehen",
  dropAnywhere: "Loslassen, um die gespeicherte Liste zu importieren",
  choose: "Dateien wählen",
  paste: "Oder den Text hier einfügen",
  pastedName: "Der eingefügte Text",
  go: "Importieren",
  names:
    "Eine Netzwerkaufzeichnung Ihrer Bibliotheksseite (HAR, aus den Entwicklerwerkzeugen) bringt auch die Namen von Veröffentlichungen und Paketen mit. Es dürfen mehrere Dateien auf einmal sein.",
  noWay:
    "In diesem Fenster lassen sich keine Dateien übergeben. Verwenden Sie den Befehl mmfsync import.",
  sending: "Wird übergeben …",
  reading: "Liste wird gelesen …",
  tooLarge: "Die Dateien sind zu groß: höchstens 64 MB. Speichern Sie nur die Liste.",
  failed: "Die Datei ließ sich nicht übergeben. Versuchen Sie es noch einmal.",
  unreachable:
    "Dieses Fenster kann der App keine Dateien übergeben. Versuchen Sie es noch einmal; bleibt es dabei, schließen Sie die App und rufen Sie den Befehl mmfsync import mit der Datei auf.",
  rows: plural({ one: "# Zeile", other: "# Zeilen" }),
  repeated: plural({ one: "# wiederholt", other: "# wiederholt" }),
  odd: plural({ one: "# nicht verstanden", other: "# nicht verstanden" }),
  changes: "Neu: {{ added }} · geändert: {{ updated }} · nicht mehr da: {{ removed }}",
  incomplete: "Die Liste ist vielleicht unvollständig; deshalb gilt nichts als verschwunden.",
  accept: "Sie ist vollständig: Fehlendes als verschwunden vermerken",
  showOdd: "Nicht Verstandenes zeigen",
  more: plural({ one: "und # weiteres", other: "und # weitere" }),
  signIn: "Zum Herunterladen anmelden",
  toLibrary: "Bibliothek zeigen",
};
