import { join } from "node:path";

/** Whether `openssl` is there to make certificates with. */
export function hasOpenssl(): boolean {
  try {
    return new Deno.Command("openssl", { args: ["version"], stdout: "null" }).outputSync().success;
  } catch {
    return false;
  }
}

/** A fresh self-signed certificate for `localhost`, PEM; valid for two days. */
export function createTestCertificate(): { readonly key: string; readonly cert: string } {
  const directory = Deno.makeTempDirSync();
  try {
    const keyPath = join(directory, "key.pem");
    const certPath = join(directory, "cert.pem");
    const { success, stderr } = new Deno.Command("openssl", {
      args: [
        ...["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"],
        ...["-keyout", keyPath, "-out", certPath, "-days", "2", "-subj", "/CN=localhost"],
        // Rustls refuses an authority's certificate at the end of a chain.
        ...["-addext", "subjectAltName=DNS:localhost"],
        ...["-addext", "basicConstraints=critical,CA:FALSE"],
      ],
      stderr: "piped",
    }).outputSync();
    if (!success) throw new Error(new TextDecoder().decode(stderr));
    return { key: Deno.readTextFileSync(keyPath), cert: Deno.readTextFileSync(certPath) };
  } finally {
    Deno.removeSync(directory, { recursive: true });
  }
}
