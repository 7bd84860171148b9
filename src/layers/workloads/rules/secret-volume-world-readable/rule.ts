// Volumes of Secrets whose files everybody in the container may read. Unset is 0644.

import type { Path } from "../../../../kubernetes/path.ts";
import type { Volume } from "../../../../kubernetes/pod.ts";
import type { PodRule } from "../../../../verdicts/rule.ts";
import type { Fault } from "../../fault.ts";
import { podFieldRule } from "../../pod-field-rule.ts";

export const rule: PodRule = podFieldRule({
  id: "workloads/secret-volume-world-readable",
  severity: "low", // the Secret, from any process of the container, whatever its user
  since: "0.1.0",
  frameworks: ["cis-kubernetes/5.4.1", "nsa-cisa/secrets"],
  references: ["k8s.io/api/core/v1/types.go#SecretVolumeSource"],
  find: ({ spec }) => spec.volumes?.flatMap((volume, index) => modeFaults(volume, ["spec", "volumes", index])),
  text: {
    en: {
      title: "Secret files are readable for everybody",
      message: "Volume {name} holds a Secret in files of mode {value}",
      risk: "Any process of the container reads them, whichever user it was confined to.",
      fix: "Set defaultMode to 0440; fsGroup lets the container's group read.",
    },
    "zh-CN": {
      title: "Secret 文件对所有人可读",
      message: "存储卷 {name} 中 Secret 文件的权限为 {value}",
      risk: "容器内的任何进程都能读取，无论被限制为哪个用户。",
      fix: "将 defaultMode 设为 0440；通过 fsGroup 让容器的组可读。",
    },
  },
});

const DEFAULT_MODE = 0o644;
const OTHERS = 0o007;

interface Item {
  readonly mode?: number | null;
}

function modeFaults(volume: Volume | null, at: Path): readonly Fault[] {
  const element = volume?.name ?? "";
  const { secret, projected } = volume ?? {};
  const sources = (projected?.sources ?? []).flatMap((source, index) =>
    source?.secret == null ? [] : [{ items: source.secret.items, at: ["projected", "sources", index, "secret"] }],
  );
  const kinds = [
    { holder: secret, name: "secret", sources: secret == null ? [] : [{ items: secret.items, at: ["secret"] }] },
    { holder: projected, name: "projected", sources },
  ];
  return kinds.flatMap(({ holder, name, sources: holding }) => {
    const mode = holder?.defaultMode ?? DEFAULT_MODE;
    const usesDefault = holding.some(({ items }) => items == null || items.some((item) => item?.mode == null));
    const ofDefault = usesDefault && isOpen(mode) ? [fault([...at, name, "defaultMode"], mode, element)] : [];
    const ofItems = holding.flatMap((source) => itemFaults(source.items ?? [], [...at, ...source.at], element));
    return [...ofDefault, ...ofItems];
  });
}

function itemFaults(items: readonly (Item | null)[], at: Path, element: string): readonly Fault[] {
  return items.flatMap((item, index) =>
    item?.mode != null && isOpen(item.mode) ? [fault([...at, "items", index, "mode"], item.mode, element)] : [],
  );
}

function isOpen(mode: number): boolean {
  return (mode & OTHERS) !== 0;
}

function fault(field: Path, mode: number, element: string): Fault {
  return { field, element, assumed: DEFAULT_MODE, shown: `0${mode.toString(8)}` };
}
