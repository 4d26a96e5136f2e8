import type { Dictionary } from "../dictionary.ts";

export const accounts: Dictionary["views"]["accounts"] = {
  intro:
    "Was du eingibst, liegt im Schlüsselbund dieses Computers oder, wo es keinen gibt, verschlüsselt, und geht nur an die Website.",
  signIn: "Anmelden",
  signInAgain: "Neu anmelden",
  signOut: "Abmelden",
  signedInAs: "Angemeldet als {{ name }}",
  signedOut: "Nicht angemeldet",
  since: "Seit {{ date }}",
  lastScan: "Liste gelesen: {{ time }}",
  neverScanned: "Liste noch nicht gelesen",
  pausedUntil: "Die Website bittet um eine Pause bis {{ time }}",
  disabled: "Ausgeschaltet unter Einstellungen, Plugins",
  signOutTitle: "Von {{ name }} abmelden?",
  signOutText:
    "Die gespeicherte Anmeldung wird von diesem Computer gelöscht. Deine Bibliothek und alle Dateien bleiben.",
  signedOutNow: "Von {{ name }} abgemeldet",
  none: "Keine Website zum Anmelden",
  noneText: "Alle Plugins fehlen oder sind ausgeschaltet. Einstellungen, Plugins zeigt sie.",
  way: "Art der Anmeldung",
  can: "Damit geht",
  cannot: "Damit geht nicht",
  how: "So kommst du daran",
  address: "Adresse zum Öffnen",
  open: "Im Browser öffnen",
  secret: "Hier einfügen: {{ label }}",
  paste: "Einfügen",
  show: "Zeigen",
  hide: "Verbergen",
  checking: "Die Website wird gefragt …",
  missing: "Füge es zuerst ein.",
  refused:
    "Die Website hat das nicht angenommen. Kopiere es noch einmal wie beschrieben: Ein älteres kann abgelaufen sein.",
  choose: {
    question: "Was soll heruntergeladen werden?",
    everything: "Alles",
    everythingText: "Alle Modelle, die dir gehören, und die, die noch kommen.",
    pick: "Ich wähle aus",
    pickText: "Nichts von selbst: Du hakst Modelle in der Bibliothek an.",
    note:
      "Zuerst wird nur die Liste gelesen. Geladen wird, wenn du in der Bibliothek auf Herunterladen drückst.",
    go: "Meine Bibliothek lesen",
  },
  welcome: {
    title: "Willkommen",
    text:
      "MyMiniFactory Sync hält die 3-D-Modelle, die dir gehören, auf deiner eigenen Platte und prüft jede Datei. Melde dich bei einer Website an, um deine Bibliothek hier zu sehen; geladen wird nichts, bevor du es verlangst.",
    folder: "Die Dateien kommen in diesen Ordner",
    change: "Ändern",
    demo: "Demo-Bibliothek ansehen",
    demoText: "Eine erfundene Bibliothek einer simulierten Website: kein Konto, nichts Echtes.",
  },
};
