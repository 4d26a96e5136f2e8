import { type Client, connectTo } from "./clients.ts";
import type { Tokens } from "./token.ts";

/** A host in a process of its own, so that it can be killed, with a page that a test plays. */
export interface HostProcess extends AsyncDisposable {
  readonly pid: number;
  /** Where the page is. */
  readonly url: string;
  readonly page: Client;
  readonly exited: Promise<Deno.CommandStatus>;
  closeWindow(): Promise<void>;
  /** Ends it as a crash would. */
  kill(): void;
}

/** A host whose window can be looked at. */
export interface WindowProcess extends HostProcess {
  /** Whether its window was ever to be seen. */
  wasShown(): boolean;
  /** Puts the window away; resolves when it is brought back. */
  shown(): Promise<void>;
}

/** Where a running host listens, and what it lets in. */
export interface Address {
  readonly url: string;
  readonly port: number;
  readonly tokens: Tokens;
}

/** Ends a process as a crash would. */
export function kill(child: Deno.ChildProcess): void {
  try {
    child.kill("SIGKILL");
  } catch {
    // It has ended by itself.
  }
}

/** What all hosts have in common once they run. */
export async function playPage(
  child: Deno.ChildProcess,
  address: Address,
): Promise<Pick<HostProcess, "pid" | "url" | "page" | "exited" | "kill">> {
  const page = await connectTo(address);
  return {
    pid: child.pid,
    url: address.url,
    page,
    exited: child.status,
    kill: () => kill(child),
  };
}
