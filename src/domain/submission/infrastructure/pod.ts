import { type Fields, fieldsAt, isFields, listAt } from "./manifests.ts";
import { type Amounts, amountsOf, CLAIMED, larger, NO_AMOUNTS, orElse, plus } from "./quantity.ts";

export const PROBES = ["readiness", "liveness", "startup"] as const;
type Probe = (typeof PROBES)[number];

/** What one pod asks for. */
export type Pod = {
  /** Where only a limit is set, Kubernetes uses it as the request. */
  readonly requests: Amounts;
  readonly limits: Amounts;
  /** Of cpu and memory, those that a container does not request. */
  readonly unset: readonly string[];
  readonly probes: readonly Probe[];
  /** Images without a digest or a fixed tag. */
  readonly unpinned: readonly string[];
  /** What of it is no amount. */
  readonly odd: readonly string[];
  /** What else a reader should know of the amounts. */
  readonly remarks: readonly string[];
};

/**
 * A pod's requests as the scheduler sums them ("Init Containers", "Sidecar Containers" and "Assign Pod-level CPU and
 * memory resources" of the Kubernetes documentation): containers and sidecars together, or an init container with the
 * sidecars that were started before it, whichever is more; amounts of the pod itself replace the sum. Ephemeral
 * containers ask for nothing.
 */
export function podOf(spec: Fields): Pod {
  const odd: string[] = [];
  const tell = (text: string) => odd.push(text);
  const containers = listAt(spec, "containers").map((c) => containerOf(c, tell));
  const init = listAt(spec, "initContainers").map((fields) => ({
    ...containerOf(fields, tell),
    isSidecar: fields.restartPolicy === "Always",
  }));
  const sidecars = init.filter((c) => c.isSidecar);
  const running = [...containers, ...sidecars];
  let started: Amounts = NO_AMOUNTS;
  let requests = running.map((c) => c.requests).reduce(plus, NO_AMOUNTS);
  for (const { requests: own, isSidecar } of init) {
    const atStart = plus(started, own);
    requests = larger(requests, atStart);
    if (isSidecar) started = atStart;
  }
  const whole = ofPod(spec, tell);
  const claims = Array.isArray(spec.resourceClaims) && spec.resourceClaims.length > 0;
  const all = orElse(whole.requests, orElse(requests, whole.limits));
  const overhead = Object.entries(fieldsAt(spec, "overhead")).map(
    ([name, value]) => `${name} ${String(value)}`,
  );
  return {
    requests: claims ? new Map([...all, [CLAIMED, null]]) : all,
    limits: orElse(whole.limits, running.map((c) => c.limits).reduce(plus, NO_AMOUNTS)),
    unset: ["cpu", "memory"].filter(
      (name) => !all.has(name) || (!whole.requests.has(name) && running.some((c) => !c.requests.has(name))),
    ),
    probes: PROBES.filter((probe) => running.some((c) => c.probes.includes(probe))),
    unpinned: running.flatMap((c) => c.unpinned),
    odd: [...odd, ...(claims ? ["devices asked for by resource claims are not counted"] : [])],
    remarks: overhead.length > 0 ? [`pod overhead of ${overhead.join(", ")} comes on top`] : [],
  };
}

/** Amounts of the pod itself, which only cpu and memory can have. */
function ofPod(spec: Fields, tell: (odd: string) => void) {
  const of = (side: string) => amountsOf(fieldsAt(spec, "resources", side), tell);
  const [requests, limits] = [of("requests"), of("limits")];
  return { requests, limits };
}

function containerOf(container: Fields, tell: (odd: string) => void) {
  const name = typeof container.name === "string" ? container.name : "";
  const said = (odd: string) => tell(name === "" ? odd : `${odd} (container ${name})`);
  const of = (side: string) => amountsOf(fieldsAt(container, "resources", side), said);
  const limits = of("limits");
  const { image } = container;
  // A tag that a template or a variable fills in is not known to move.
  const isFilled = typeof image === "string" && /\{\{|\$[({]/.test(image);
  return {
    requests: orElse(of("requests"), limits),
    limits,
    probes: PROBES.filter((probe) => isFields(container[`${probe}Probe`])),
    unpinned: typeof image === "string" && !isFilled && !isPinned(image) ? [image] : [],
  };
}

/** Whether an image has a digest, or a tag whose name does not suggest that it moves. */
export function isPinned(image: string): boolean {
  if (/@sha256:[0-9a-f]{64}$/.test(image)) return true;
  const tag = /:([^:/@]+)$/.exec(image)?.[1];
  return tag !== undefined && !["latest", "stable", "main", "master", "dev", "nightly"].includes(tag);
}
