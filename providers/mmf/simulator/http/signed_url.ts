import { createHmac } from "node:crypto";

/** Why an address is refused. */
export type SignatureFault = "missing" | "expired" | "mismatch";

/** Signs and checks storage addresses: the S3 form on dl4, the CDN form on dlcc. */
export class UrlSigner {
  readonly #secret: string;
  readonly #now: () => number;
  readonly #leaseSeconds: number;

  constructor(secret: string, now: () => number, leaseSeconds: number) {
    this.#secret = secret;
    this.#now = now;
    this.#leaseSeconds = leaseSeconds;
  }

  /** Adds the query of a presigned S3 GET. */
  signStorage(address: string, fileName: string): string {
    const url = new URL(address);
    const date = new Date(this.#now()).toISOString().replace(/[-:]|\.\d{3}/g, "");
    const query = url.searchParams;
    query.set("response-content-disposition", disposition(fileName));
    query.set("X-Amz-Content-Sha256", "UNSIGNED-PAYLOAD");
    query.set("X-Amz-Algorithm", "AWS4-HMAC-SHA256");
    query.set("X-Amz-Credential", `SIMULATED/${date.slice(0, 8)}/eu-west-1/s3/aws4_request`);
    query.set("X-Amz-Date", date);
    query.set("X-Amz-SignedHeaders", "host");
    query.set("X-Amz-Expires", `${this.#leaseSeconds}`);
    query.set("X-Amz-Signature", this.#mac(url));
    return url.href;
  }

  checkStorage(url: URL): SignatureFault | null {
    const given = url.searchParams.get("X-Amz-Signature");
    if (given === null) return "missing";
    const bare = new URL(url.href);
    bare.searchParams.delete("X-Amz-Signature");
    if (this.#mac(bare) !== given) return "mismatch";
    const date = url.searchParams.get("X-Amz-Date") ?? "";
    const start = Date.parse(
      date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z"),
    );
    const end = start + Number(url.searchParams.get("X-Amz-Expires")) * 1_000;
    return this.#now() < end ? null : "expired";
  }

  /** Adds `exp` and `sig`. */
  signCdn(address: string): string {
    const url = new URL(address);
    url.searchParams.set("exp", `${Math.floor(this.#now() / 1_000) + this.#leaseSeconds}`);
    url.searchParams.set("sig", this.#mac(url));
    return url.href;
  }

  checkCdn(url: URL): SignatureFault | null {
    const given = url.searchParams.get("sig");
    if (given === null) return "missing";
    const bare = new URL(url.href);
    bare.searchParams.delete("sig");
    if (this.#mac(bare) !== given) return "mismatch";
    return this.#now() < Number(url.searchParams.get("exp")) * 1_000 ? null : "expired";
  }

  #mac(url: URL): string {
    return createHmac("sha256", this.#secret).update(`${url.host}${url.pathname}${url.search}`)
      .digest("hex");
  }
}

function disposition(fileName: string): string {
  return `attachment; filename*=UTF-8''${encodeURIComponent(fileName)}`;
}
