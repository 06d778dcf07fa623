import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export type MadeCertificate = { readonly key: string; readonly cert: string };

/** A certificate that signs itself, made for a name by the openssl of this machine. */
export function makeCertificate(name: string, { days = 90 } = {}): MadeCertificate {
  const folder = mkdtempSync(join(tmpdir(), "greenflag-certificate-"));
  const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
  try {
    const made = ["-keyout", key, "-out", cert, "-days", String(days), "-subj", `/CN=${name}`];
    const kind = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
    execFileSync("openssl", ["req", "-x509", ...kind, ...made, "-addext", `subjectAltName=DNS:${name}`], {
      stdio: "ignore",
    });
    return { key: readFileSync(key, "utf8"), cert: readFileSync(cert, "utf8") };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
