import { expect, test } from "vitest";
import { keysOf, podOf } from "../../../../../test/pod-findings.ts";
import { rule } from "./rule.ts";

test("known by its name, from any registry, its webhook job excluded", () => {
  const images = [
    "mirror.example.com/ingress-nginx/controller:v1",
    "quay.io/kubernetes-ingress-controller/nginx-ingress-controller:0.33.0",
    "nginx/nginx-ingress:5",
    "registry.k8s.io/ingress-nginx/kube-webhook-certgen:v1",
  ];
  expect(keysOf(rule, podOf({ containers: images.map((image) => ({ name: image, image })) }))).toEqual(
    images.slice(0, 2),
  );
});
