import { pluralsOf } from "../plural.ts";

const plural = pluralsOf("de");

export const onDisk = {
  adopt: {
    title: "Dateien, die du schon hast",
    text:
      "Durchsucht einen Ordner und übernimmt, was zu deiner Bibliothek gehört, damit es nicht heruntergeladen werden muss.",
    open: "Danach suchen …",
    action: "Einige dieser Dateien habe ich schon",
    folder: "Ordner",
    how: "Was mit ihnen geschieht",
    copy: "Kopieren",
    move: "Verschieben",
    link: "Verknüpfen",
    copyText: "Deine Dateien bleiben, wo sie sind; die Bibliothek bekommt eine Kopie.",
    moveText: "Deine Dateien kommen in die Bibliothek und sind nicht mehr, wo sie waren.",
    linkText:
      "Braucht keinen Platz: Bibliothek und Ordner teilen sich die Datei. Wer eine ändert, ändert beide.",
    look: "Nur nachsehen",
    run: "Übernehmen",
    stop: "Anhalten",
    finding: "Es wird ermittelt, welche Dateien deine Bibliothek hat …",
    running: "{{ looked }} angesehen, {{ adopted }} übernommen",
    took: plural({ one: "# Datei übernommen", other: "# Dateien übernommen" }),
    would: plural({
      one: "# Datei könnte übernommen werden",
      other: "# Dateien könnten übernommen werden",
    }),
    ways: {
      sidecar: "an der Beschreibung erkannt",
      sha256: "an der Prüfsumme erkannt",
      name: "an Größe und Name erkannt",
      chosen: "von dir gewählt",
    },
    others: {
      here: "schon hier",
      ambiguous: "nicht eindeutig",
      unknown: "nicht aus deiner Bibliothek",
      own: "von der App oder dem System",
      failed: "ließen sich nicht übernehmen",
    },
    unclearTitle: "Nicht eindeutig",
    unclearText:
      "Diese könnten mehrere Dateien deiner Bibliothek sein, oder mehrere davon dieselbe. Wähle aus, oder lass sie in Ruhe.",
    leave: "In Ruhe lassen",
    choose: plural({ one: "Die # gewählte übernehmen", other: "Die # gewählten übernehmen" }),
    more: plural({
      one: "# weitere wird nicht gezeigt.",
      other: "# weitere werden nicht gezeigt.",
    }),
  },
  recognised: {
    sidecar: "Auf diesem Datenträger gefunden, an der Beschreibung erkannt",
    sha256: "Auf diesem Datenträger gefunden, an der Prüfsumme erkannt",
    name: "Auf diesem Datenträger gefunden, an Größe und Name erkannt",
    chosen: "Auf diesem Datenträger gefunden, von dir gewählt",
  },
  versions: {
    title: "Alte Versionen",
    text: "Was eine neuere Datei ersetzt hat, bleibt in .versions, bis du es löschst.",
    sum: plural({ one: "# alte Version", other: "# alte Versionen" }),
    none: "Es gibt keine.",
    restore: "Zurückholen",
    restored: "{{ path }} ist wieder die alte Version",
    drop: "Löschen",
    dropAll: "Alte Versionen löschen …",
    dropTitle: plural({ one: "# alte Version löschen?", other: "# alte Versionen löschen?" }),
    dropText: "{{ size }} auf diesem Datenträger. Das lässt sich nicht rückgängig machen.",
    dropped: plural({ one: "# alte Version gelöscht", other: "# alte Versionen gelöscht" }),
    age: "Welche",
    ages: {
      all: "Alle",
      "30": "Älter als 30 Tage",
      "180": "Älter als ein halbes Jahr",
      "365": "Älter als ein Jahr",
    },
  },
  exporting: {
    title: "Bibliothek exportieren",
    text: "Alle Modelle und Dateien mit ihren Prüfsummen in einer Datei, für andere Programme.",
    json: "Als JSON",
    csv: "Als CSV",
    done: "Geschrieben nach {{ path }}",
  },
  rebuild: {
    title: "Bibliothek aus ihren Ordnern lesen",
    text:
      "Jeder Modellordner sagt, was er enthält. Für eine Datenbank, der etwas fehlt, oder eine Bibliothek von einem anderen Computer.",
    run: "Lesen",
    running: plural({ one: "# Ordner gelesen", other: "# Ordner gelesen" }),
    done: "{{ models }} Modelle und {{ files }} Dateien, die der Datenbank fehlten",
  },
  recovery: {
    damaged: "Die Datenbank war beschädigt und wurde beiseitegelegt.",
    lost: "Die Datenbank war nicht mehr da.",
    backup: "Eine Sicherung vom {{ date }} tritt an ihre Stelle.",
    rebuilt:
      "{{ models }} Modelle und {{ files }} Dateien wurden aus ihren Ordnern zurückgelesen; nichts wird noch einmal heruntergeladen.",
    pending: "Deine Modelle werden zurückgelesen, sobald der Ordner der Bibliothek da ist.",
    check: "Modelle, von denen nichts hier war, sind nicht gewünscht, bis du sie ankreuzt.",
  },
};
