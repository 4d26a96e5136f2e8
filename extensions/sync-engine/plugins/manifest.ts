import { parse } from "smol-toml";
import * as v from "valibot";
import { SyncError } from "../platform/errors.ts";
import { exactHost, hostPattern, matchesHost } from "./host_pattern.ts";

/** The version of the provider interface that this app speaks. */
export const SUPPORTED_API_VERSION = 1;

const id = v.pipe(
  v.string(),
  v.regex(/^[a-z][a-z0-9-]{0,39}$/, "lower-case letters, digits and hyphens, 40 at most"),
);
const label = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(80));

const fileName = v.pipe(
  v.string(),
  v.regex(
    /^[A-Za-z0-9][\w-]{0,60}(\.[\w-]{1,20})*\.(js|mjs)$/,
    "the name of a .js file beside the manifest",
  ),
);

/** A plain sentence for the user. */
const sentence = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(300));
const sentences = v.exactOptional(v.pipe(v.array(sentence), v.maxLength(12)), []);

/** An address on its own: https, without a port or a user name. */
const endpoint = v.pipe(v.string(), v.maxLength(500), v.url());

/** How the core signs in through the browser (RFC 6749). The app that it signs in for is the user's own. */
const oauth = v.pipe(
  v.strictObject({
    authorize_url: endpoint,
    token_url: endpoint,
    introspect_url: v.exactOptional(endpoint),
    scopes: v.exactOptional(
      v.pipe(
        v.array(v.pipe(v.string(), v.regex(/^[\x21\x23-\x5b\x5d-\x7e]{1,100}$/))),
        v.maxLength(20),
      ),
      [],
    ),
  }),
  v.transform((given) => ({
    authorizeUrl: given.authorize_url,
    tokenUrl: given.token_url,
    introspectUrl: given.introspect_url ?? null,
    scopes: given.scopes,
  })),
);

/** Where a site's sign-in server is, and what it is asked for. */
export type OAuthEndpoints = v.InferOutput<typeof oauth>;

const authScheme = v.strictObject({
  id,
  /** What the user is asked for; the id where the manifest names nothing. */
  label: v.exactOptional(label),
  /** What carries the secret: a header, or a parameter of the address. One of both. */
  header: v.exactOptional(v.picklist(["Cookie", "Authorization"])),
  query: v.exactOptional(v.pipe(v.string(), v.regex(/^[a-z_]{1,40}$/))),
  /** Stands before the secret in the header. */
  prefix: v.exactOptional(v.picklist(["", "Bearer "]), ""),
  /** The user signs in in the browser instead of entering the secret. */
  oauth: v.exactOptional(oauth),
  /** The only hosts that are sent this credential. */
  hosts: v.pipe(v.array(exactHost), v.minLength(1), v.maxLength(20)),
  /** How the user gets what is to be entered, in order. */
  steps: sentences,
  /** Where the steps start. */
  url: v.exactOptional(v.pipe(v.string(), v.maxLength(500), v.url())),
  /** What the credential opens, and what not. */
  can: sentences,
  cannot: sentences,
});

const seconds = v.pipe(v.number(), v.minValue(0.01), v.maxValue(3600));

/** How often a download address may be asked for, where the site counts them. The rate is learnt from there. */
const downloadRate = v.pipe(
  v.strictObject({
    /** From one address to the next, to begin with. */
    start_seconds: seconds,
    /** The longest and the shortest that it may come to. */
    slowest_seconds: seconds,
    fastest_seconds: seconds,
    /** Addresses that may be asked for at once after a rest. */
    burst: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(20)), 1),
    /** Addresses that are asked for side by side. */
    at_once: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(4)), 1),
    /** Whether pictures need addresses that the site counts. */
    counts_images: v.exactOptional(v.boolean(), true),
  }),
  v.check(
    (rate) =>
      rate.fastest_seconds <= rate.start_seconds && rate.start_seconds <= rate.slowest_seconds,
    "fastest_seconds, start_seconds and slowest_seconds must come in this order",
  ),
  v.transform((rate) => ({
    startMs: rate.start_seconds * 1000,
    slowestMs: rate.slowest_seconds * 1000,
    fastestMs: rate.fastest_seconds * 1000,
    burst: rate.burst,
    atOnce: rate.at_once,
    countsImages: rate.counts_images,
  })),
);

const manifestSchema = v.pipe(
  v.strictObject({
    id,
    name: label,
    version: v.pipe(
      v.string(),
      v.regex(
        /^(0|[1-9]\d{0,8})(\.(0|[1-9]\d{0,8})){2}(-[0-9A-Za-z.-]{1,60})?(\+[0-9A-Za-z.-]{1,60})?$/,
        "a semantic version such as 1.2.3",
      ),
    ),
    api_version: v.pipe(v.number(), v.integer(), v.minValue(1)),
    entry: fileName,
    hosts: v.pipe(v.array(hostPattern), v.minLength(1), v.maxLength(20)),
    auth: v.exactOptional(
      v.strictObject({ schemes: v.pipe(v.array(authScheme), v.maxLength(5)) }),
      { schemes: [] },
    ),
    rate: v.exactOptional(
      v.strictObject({
        requests_per_second: v.exactOptional(
          v.pipe(v.number(), v.minValue(0.01), v.maxValue(20)),
          4,
        ),
        burst: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(20))),
        downloads: v.exactOptional(downloadRate),
      }),
      {},
    ),
    http: v.exactOptional(
      v.strictObject({
        max_response_mb: v.exactOptional(
          v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(64)),
          8,
        ),
        timeout_seconds: v.exactOptional(
          v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(300)),
          30,
        ),
      }),
      {},
    ),
    /** For sites that show the library in a browser only: it can be saved there and read from the file. */
    import: v.exactOptional(
      v.strictObject({
        /** Where the user's browser shows the list. */
        url: endpoint,
        /** A window of the app on the site, where the user signs in and hands the list over. Built-in providers only. */
        window: v.exactOptional(
          v.strictObject({
            /** The page that is opened. */
            url: endpoint,
            /** Runs in the pages of that window. */
            script: fileName,
          }),
        ),
      }),
    ),
    capabilities: v.exactOptional(
      v.strictObject({
        /** The download addresses answer HEAD. */
        head: v.exactOptional(v.boolean(), false),
        /** The download addresses answer `Range`. */
        ranges: v.exactOptional(v.boolean(), true),
      }),
      {},
    ),
  }),
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed) return;
    const { hosts, auth: { schemes } } = dataset.value;
    for (const url of [dataset.value.import?.url, dataset.value.import?.window?.url]) {
      if (url === undefined || allowsHost({ hosts }, new URL(url))) continue;
      addIssue({ message: `import leads to ${url}, which hosts does not name` });
    }
    const ids = new Set(schemes.map((scheme) => scheme.id));
    if (ids.size < schemes.length) addIssue({ message: "auth.schemes must not repeat an id" });
    for (const scheme of schemes) {
      if ((scheme.header === undefined) === (scheme.query === undefined)) {
        addIssue({ message: `auth scheme "${scheme.id}" needs either a header or a query` });
      }
      const { authorizeUrl, tokenUrl, introspectUrl } = scheme.oauth ?? {};
      for (const url of [authorizeUrl, tokenUrl, introspectUrl]) {
        if (!url || allowsHost({ hosts }, new URL(url))) continue;
        addIssue({
          message: `auth scheme "${scheme.id}" signs in at ${url}, which hosts does not name`,
        });
      }
      for (const host of scheme.hosts) {
        if (hosts.some((pattern) => matchesHost(pattern, host))) continue;
        addIssue({ message: `auth scheme "${scheme.id}" names "${host}", which hosts does not` });
      }
      // The user is sent there to sign in.
      if (scheme.url === undefined || allowsHost({ hosts }, new URL(scheme.url))) continue;
      addIssue({ message: `auth scheme "${scheme.id}" leads to a page that hosts does not name` });
    }
  }),
  v.transform(({ api_version, auth, rate, http, import: saved, ...rest }) => ({
    ...rest,
    /** Null where nothing can be imported. */
    import: saved ?? null,
    apiVersion: api_version,
    auth: {
      schemes: auth.schemes.map((scheme) => ({
        ...scheme,
        label: scheme.label ?? scheme.id,
        url: scheme.url ?? null,
        header: scheme.header ?? null,
        query: scheme.query ?? null,
        oauth: scheme.oauth ?? null,
      })),
    },
    rate: {
      requestsPerSecond: rate.requests_per_second,
      burst: rate.burst ?? Math.max(1, Math.floor(rate.requests_per_second)),
      /** Null where the site does not count addresses. */
      downloads: rate.downloads ?? null,
    },
    http: {
      /** Bytes. */
      maxResponse: http.max_response_mb * 1024 * 1024,
      timeoutMs: http.timeout_seconds * 1000,
    },
  })),
);

/** What a provider says about itself in `provider.toml`: all that it will be allowed. */
export type Manifest = v.InferOutput<typeof manifestSchema>;

/** The pace of requests, and the budget for download addresses where there is one. */
export type Rate = Omit<Manifest["rate"], "downloads"> & Partial<Manifest["rate"]>;

/** How one credential of the user reaches the site. */
export type AuthScheme = Manifest["auth"]["schemes"][number];

/**
 * Reads a `provider.toml`. An `api_version` that this app does not speak is no fault of the text:
 * compare it with `SUPPORTED_API_VERSION`.
 *
 * @throws {SyncError} badInput: names the field and what is allowed in it
 */
export function parseManifest(toml: string): Manifest {
  const result = v.safeParse(manifestSchema, parseToml(toml), { abortEarly: true });
  if (result.success) return result.output;
  const [issue] = result.issues;
  const field = v.getDotPath(issue);
  throw new SyncError(
    "badInput",
    `Cannot use provider.toml: ${field === null ? "" : `${field}: `}${issue.message}`,
  );
}

function parseToml(toml: string): unknown {
  try {
    return parse(toml, { unsafeKeyBehaviour: "throw", maxDepth: 10 });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.split("\n")[0] : String(cause);
    throw new SyncError("badInput", `Cannot use provider.toml: ${reason}`, { cause });
  }
}

/** Whether the provider may send requests to `url`: https, default port, no user name, a host that it declared. */
export function allowsHost(manifest: Pick<Manifest, "hosts">, url: URL): boolean {
  return url.protocol === "https:" && url.port === "" && url.username === "" &&
    url.password === "" && manifest.hosts.some((pattern) => matchesHost(pattern, url.hostname));
}
