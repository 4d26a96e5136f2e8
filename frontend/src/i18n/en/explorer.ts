import { VIEWER_TEXTS } from "../../viewer/texts.ts";
import { pluralsOf } from "../plural.ts";

const plural = pluralsOf("en");

export const explorer = {
  title: "Explorer",
  tree: "Sites, creators and models",
  search: "Find a creator",
  more: plural({ one: "Show # more", other: "Show # more" }),
  choose: {
    title: "Choose a model",
    text: "Its pictures, its files and what can be done with them are shown here.",
  },
  empty: {
    title: "Nothing to explore yet",
    text: "Models appear here once your library has been read.",
  },
  wanted: "Wanted",
  onSite: "Open on the site",
  reveal: "Open folder",
  refetch: "Download again",
  verify: "Verify",
  remove: "Delete files…",
  restore: "Bring back",
  files: "Files",
  about: "About",
  tags: "Tags",
  license: "License",
  releases: "Releases",
  folder: "Folder",
  noFiles: "The site lists no files for this model.",
  notLooked: "Its files are not known yet: they are asked for when it is wanted and downloaded.",
  preview: "Preview",
  noPreview: "There is no preview for this kind of file. Open the folder to use it.",
  notHere: "This file is not here yet. Download the model to look at it.",
  image: "Picture {{ name }}",
  fileState: {
    here: "Here",
    outdated: "Older version",
    absent: "Not here",
    removed: "Deleted by you",
    queued: "Waiting",
    running: "Downloading",
    paused: "Paused",
    failed: "Failed",
  },
  unpack: "Unpack",
  unpacking: "Unpacking {{ name }}…",
  unpackedBefore: "{{ name }} was unpacked before",
  unpacked: plural({
    one: "# file unpacked beside the archive",
    other: "# files unpacked beside the archive",
  }),
  leftOut: plural({
    one: "# entry was left out: it leads elsewhere, is a link or takes a password.",
    other: "# entries were left out: they lead elsewhere, are links or take a password.",
  }),
  refetching: plural({ one: "# file is downloaded again", other: "# files are downloaded again" }),
  restoring: plural({ one: "# file is downloaded again", other: "# files are downloaded again" }),
  removed: plural({ one: "# file deleted", other: "# files deleted" }),
  removeTitle: plural({ one: "Delete # file?", other: "Delete # files?" }),
  removeText:
    "{{ size }} on this disk. They are not downloaded again by themselves; you can bring them back here later. What you own on the site does not change.",
  removeConfirm: "Delete",
  creator: {
    models: plural({ one: "# model", other: "# models" }),
    wantAll: "Want all",
    wantNone: "Want none",
    inLibrary: "Show in the library",
  },
  access: {
    label: "Access",
    withdrawn: {
      what: "Private or withdrawn",
      text: "Its creator took it off the public site. What you own of it is still given to you.",
    },
    locked: {
      what: "Locked for your account",
      text:
        "You own it, but the site shows it with a padlock. Check there whether your purchase or membership still covers it.",
    },
    vanished: {
      what: "Listed, but not there",
      text:
        "Your library on the site lists it, but the site says that there is no such model any more.",
    },
    gone: {
      what: "No longer listed as yours",
      text: "What you have on disk stays, and is verified as before.",
    },
    said: "The site, {{ time }}: {{ message }}",
  },
  viewer: VIEWER_TEXTS,
};
