import { pluralsOf } from "../plural.ts";

const plural = pluralsOf("en");

/** Files that are there already, old versions, and what helps when the database is lost. */
export const onDisk = {
  adopt: {
    title: "Files that you have already",
    text:
      "Looks through a folder and takes over what belongs to your library, so that it need not be downloaded.",
    open: "Look for them…",
    action: "I already have some of these files",
    folder: "Folder",
    how: "What happens to them",
    copy: "Copy",
    move: "Move",
    link: "Link",
    copyText: "Your files stay where they are; the library gets a copy.",
    moveText: "Your files go into the library and are not where they were any more.",
    linkText:
      "No space is taken: library and folder share the file. Changing one changes the other.",
    look: "Only look",
    run: "Take over",
    stop: "Stop",
    finding: "Finding out which files your library has…",
    running: "{{ looked }} looked at, {{ adopted }} taken over",
    took: plural({ one: "# file taken over", other: "# files taken over" }),
    would: plural({ one: "# file could be taken over", other: "# files could be taken over" }),
    ways: {
      sidecar: "by their description",
      sha256: "by their checksum",
      name: "by size and name",
      chosen: "chosen by you",
    },
    others: {
      here: "here already",
      ambiguous: "not clear",
      unknown: "not of your library",
      own: "of the app or the system",
      failed: "could not be taken over",
    },
    unclearTitle: "Not clear",
    unclearText:
      "These could be several files of your library, or several of them could be one. Choose, or leave them alone.",
    leave: "Leave alone",
    choose: plural({ one: "Take over the # chosen", other: "Take over the # chosen" }),
    more: plural({ one: "# more is not shown.", other: "# more are not shown." }),
  },
  recognised: {
    sidecar: "Found on this disk, by its description",
    sha256: "Found on this disk, by its checksum",
    name: "Found on this disk, by size and name",
    chosen: "Found on this disk, chosen by you",
  },
  versions: {
    title: "Old versions",
    text: "What a newer file replaced is kept in .versions until you delete it.",
    sum: plural({ one: "# old version", other: "# old versions" }),
    none: "There are none.",
    restore: "Put back",
    restored: "{{ path }} is the old version again",
    drop: "Delete",
    dropAll: "Delete old versions…",
    dropTitle: plural({ one: "Delete # old version?", other: "Delete # old versions?" }),
    dropText: "{{ size }} on this disk. This cannot be taken back.",
    dropped: plural({ one: "# old version deleted", other: "# old versions deleted" }),
    age: "Which",
    ages: {
      all: "All",
      "30": "Older than 30 days",
      "180": "Older than half a year",
      "365": "Older than a year",
    },
  },
  exporting: {
    title: "Export the library",
    text: "All models and files with their checksums in one file, for other programs.",
    json: "As JSON",
    csv: "As CSV",
    done: "Written to {{ path }}",
  },
  rebuild: {
    title: "Read the library from its folders",
    text:
      "Every model folder says what it holds. For a database that misses something, or a library from another computer.",
    run: "Read it",
    running: plural({ one: "# folder read", other: "# folders read" }),
    done: "{{ models }} models and {{ files }} files that the database did not have",
  },
  recovery: {
    damaged: "The database was damaged and was put aside.",
    lost: "The database was gone.",
    backup: "A backup of {{ date }} took its place.",
    rebuilt:
      "{{ models }} models and {{ files }} files were read back from their folders; nothing is downloaded again.",
    pending: "Your models are read back as soon as the library's folder is there.",
    check: "Models of which nothing was here are not wanted until you tick them.",
  },
};
