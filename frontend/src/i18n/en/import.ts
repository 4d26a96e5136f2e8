import { pluralsOf } from "../plural.ts";

const plural = pluralsOf("en");

export const importing = {
  title: "Import a saved list",
  text:
    "Your browser can show the list of all that you own and save it. Imported, it fills the library without a sign-in; that is needed for downloads only.",
  getTitle: "Get my library",
  windowText:
    "{{ site }} opens in a window of its own. Sign in there as usual, then press the button at its lower edge: the page reads the list of what you own and hands it to the app. The app sees no password and no cookie, and closing the window ends the sign-in.",
  windowOpen: "Get my library in a window",
  windowWaiting:
    "The window is open. Sign in to {{ site }} there, then press “Hand over my library” at its lower edge.",
  windowClose: "Close the window",
  windowNothing: "The window was closed before anything was handed over. Nothing was changed.",
  orSaved:
    "Or with a list that your own browser saves. It also helps where the site refuses to sign you in within a window, as Google does:",
  open: "In the browser in which you are signed in to {{ site }}, open this address:",
  address: "Address of the list",
  openLink: "Open in browser",
  save: "It shows a long text. Save the page (Ctrl+S, on a Mac ⌘S), or select and copy all of it.",
  give: "Give the file or the text to this window.",
  drop: "Drop the saved file here",
  dropAnywhere: "Drop the saved list to import it",
  choose: "Choose files",
  paste: "Or paste the text here",
  pastedName: "The pasted text",
  go: "Import",
  names:
    "A recording of the network of your library page (HAR, from the developer tools) brings the names of releases and bundles, too. Several files may be given at once.",
  noWay: "Files cannot be handed over in this window. Use the command mmfsync import.",
  sending: "Sending…",
  reading: "Reading the list…",
  tooLarge: "The files are too large: at most 64 MB. Save the list alone.",
  failed: "The file could not be handed to the engine. Try again.",
  unreachable:
    "This window cannot hand files to the engine. Try again; if it stays so, close the app and run the command mmfsync import with the file.",
  rows: plural({ one: "# row", other: "# rows" }),
  repeated: plural({ one: "# repeated", other: "# repeated" }),
  odd: plural({ one: "# not understood", other: "# not understood" }),
  changes: "New: {{ added }} · changed: {{ updated }} · no longer there: {{ removed }}",
  incomplete: "The list may be incomplete, so nothing was marked as gone.",
  accept: "It is complete: mark what is missing as gone",
  showOdd: "Show what was not understood",
  more: plural({ one: "and # more", other: "and # more" }),
  signIn: "Sign in to download",
  toLibrary: "Show the library",
};
