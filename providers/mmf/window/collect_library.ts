import { readLibrary } from "../library.ts";
import { createPageHost, type PageHostPorts } from "./page_host.ts";

/**
 * Reads the library as a scan does, and stops as it does at the first sign of a limit, a check for robots or a sign-in
 * page.
 *
 * @returns The site's answers in the form of a recording of the network (HAR), which the app's import takes.
 * @throws {SiteRefusal} that says what is in the way
 */
export async function collectLibrary(ports: PageHostPorts): Promise<string> {
  const { host, answers } = createPageHost(ports);
  await readLibrary(host);
  const entries = answers.map(({ url, text }) => ({
    request: { method: "GET", url },
    response: { status: 200, content: { text } },
  }));
  return JSON.stringify({ log: { entries } });
}
