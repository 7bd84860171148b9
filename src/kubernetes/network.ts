// What decides reachability, as far as it is read: policies (k8s.io/api/networking/v1, sigs.k8s.io/network-policy-api
// v1alpha1 and v1alpha2), Services, Ingresses, Gateway API routes, and the network side of pods and nodes.

import { labelSelector } from "./label-selector.ts";
import { array, boolean, integer, intOrString, map, object, string, type TypeOf } from "./shape.ts";

const networkPolicyPeer = object({
  podSelector: labelSelector,
  namespaceSelector: labelSelector,
  ipBlock: object({ cidr: string, except: array(string) }),
});
export type NetworkPolicyPeer = TypeOf<typeof networkPolicyPeer>;
const networkPolicyPort = object({ protocol: string, port: intOrString, endPort: integer });
export type NetworkPolicyPort = TypeOf<typeof networkPolicyPort>;

/** NetworkPolicy `networking.k8s.io/v1`. */
export const networkPolicy = object({
  spec: object({
    podSelector: labelSelector,
    policyTypes: array(string),
    ingress: array(object({ from: array(networkPolicyPeer), ports: array(networkPolicyPort) })),
    egress: array(object({ to: array(networkPolicyPeer), ports: array(networkPolicyPort) })),
  }),
});
export type NetworkPolicy = TypeOf<typeof networkPolicy>;

const namespacedPods = object({ namespaceSelector: labelSelector, podSelector: labelSelector });
const subject = object({ namespaces: labelSelector, pods: namespacedPods });
export type PolicySubject = TypeOf<typeof subject>;
const ingressPeer = { namespaces: labelSelector, pods: namespacedPods };
const egressPeer = { ...ingressPeer, nodes: labelSelector, networks: array(string), domainNames: array(string) };
const clusterPolicyPeer = object(egressPeer);
/** A peer of an admin or cluster policy; ingress peers have the first two fields only. */
export type ClusterPolicyPeer = TypeOf<typeof clusterPolicyPeer>;

const destinationPort = object({
  destinationPort: object({ number: integer, range: object({ start: integer, end: integer }) }),
});
const clusterPolicyProtocol = object({
  tcp: destinationPort,
  udp: destinationPort,
  sctp: destinationPort,
  destinationNamedPort: string,
});
export type ClusterPolicyProtocol = TypeOf<typeof clusterPolicyProtocol>;
const clusterPolicyRule = { name: string, action: string, protocols: array(clusterPolicyProtocol) };

/** ClusterNetworkPolicy `policy.networking.k8s.io/v1alpha2`. */
export const clusterNetworkPolicy = object({
  spec: object({
    tier: string,
    priority: integer,
    subject,
    ingress: array(object({ ...clusterPolicyRule, from: array(object(ingressPeer)) })),
    egress: array(object({ ...clusterPolicyRule, to: array(clusterPolicyPeer) })),
  }),
});
export type ClusterNetworkPolicy = TypeOf<typeof clusterNetworkPolicy>;

const adminPolicyPort = object({
  portNumber: object({ protocol: string, port: integer }),
  portRange: object({ protocol: string, start: integer, end: integer }),
  namedPort: string,
});
export type AdminPolicyPort = TypeOf<typeof adminPolicyPort>;
const adminPolicyRule = { name: string, action: string, ports: array(adminPolicyPort) };

/** AdminNetworkPolicy and BaselineAdminNetworkPolicy `policy.networking.k8s.io/v1alpha1`; the latter has no priority. */
export const adminNetworkPolicy = object({
  spec: object({
    priority: integer,
    subject,
    ingress: array(object({ ...adminPolicyRule, from: array(object(ingressPeer)) })),
    egress: array(object({ ...adminPolicyRule, to: array(clusterPolicyPeer) })),
  }),
});
export type AdminNetworkPolicy = TypeOf<typeof adminNetworkPolicy>;

const containerPorts = array(
  object({ restartPolicy: string, ports: array(object({ name: string, containerPort: integer, protocol: string })) }),
);
const networkPodSpec = object({
  hostNetwork: boolean,
  nodeName: string,
  initContainers: containerPorts,
  containers: containerPorts,
});

/** A Pod or pod template: addresses, ports, node. */
export const networkPod = object({
  metadata: object({ labels: map(string) }),
  spec: networkPodSpec,
  status: object({
    phase: string,
    hostIP: string,
    hostIPs: array(object({ ip: string })),
    podIP: string,
    podIPs: array(object({ ip: string })),
  }),
});
export type NetworkPod = TypeOf<typeof networkPod>;

export const networkNode = object({ status: object({ addresses: array(object({ type: string, address: string })) }) });

const servicePort = object({
  name: string,
  protocol: string,
  port: integer,
  targetPort: intOrString,
  nodePort: integer,
});
export type ServicePort = TypeOf<typeof servicePort>;

/** Service `v1`. */
export const service = object({
  spec: object({
    type: string,
    selector: map(string),
    ports: array(servicePort),
    clusterIP: string,
    clusterIPs: array(string),
    ipFamilies: array(string),
    ipFamilyPolicy: string,
    externalIPs: array(string),
    externalName: string,
    externalTrafficPolicy: string,
    loadBalancerSourceRanges: array(string),
    publishNotReadyAddresses: boolean,
  }),
  status: object({ loadBalancer: object({ ingress: array(object({ ip: string, hostname: string })) }) }),
});
export type Service = TypeOf<typeof service>;

/** EndpointSlice `discovery.k8s.io/v1`, for Services without a selector. */
export const endpointSlice = object({
  endpoints: array(
    object({ addresses: array(string), targetRef: object({ kind: string, namespace: string, name: string }) }),
  ),
  ports: array(object({ name: string, protocol: string, port: integer })),
});
export type EndpointSlice = TypeOf<typeof endpointSlice>;

/** Endpoints `v1`, which EndpointSlices of the same Service are mirrored from. */
export const endpointsObject = object({
  subsets: array(
    object({
      addresses: array(object({ ip: string })),
      ports: array(object({ name: string, protocol: string, port: integer })),
    }),
  ),
});

const ingressBackend = object({ service: object({ name: string, port: object({ name: string, number: integer }) }) });
export type IngressBackend = TypeOf<typeof ingressBackend>;

/** Ingress `networking.k8s.io/v1`. */
export const ingress = object({
  spec: object({
    ingressClassName: string,
    defaultBackend: ingressBackend,
    tls: array(object({ hosts: array(string), secretName: string })),
    rules: array(
      object({ host: string, http: object({ paths: array(object({ path: string, backend: ingressBackend })) }) }),
    ),
  }),
});
export type Ingress = TypeOf<typeof ingress>;

const parentReference = object({ group: string, kind: string, namespace: string, name: string });
const backendReference = object({
  group: string,
  kind: string,
  namespace: string,
  name: string,
  port: integer,
  weight: integer,
});
/** Its type is redundant: at most one of its fields is there. */
const routeFilter = object({ requestMirror: object({ backendRef: backendReference }) });

/** HTTPRoute, GRPCRoute, TLSRoute, TCPRoute and UDPRoute `gateway.networking.k8s.io`. */
export const gatewayRoute = object({
  spec: object({
    parentRefs: array(parentReference),
    hostnames: array(string),
    rules: array(object({ backendRefs: array(backendReference), filters: array(routeFilter) })),
  }),
});

const routeTarget = object({ kind: string, name: string });

/** Route `route.openshift.io/v1`. */
export const openShiftRoute = object({
  spec: object({
    host: string,
    to: routeTarget,
    alternateBackends: array(routeTarget),
    port: object({ targetPort: intOrString }),
    tls: object({ termination: string }),
  }),
});

/** ReferenceGrant `gateway.networking.k8s.io`: lets routes of other namespaces use a namespace's Services. */
export const referenceGrant = object({
  spec: object({
    from: array(object({ group: string, kind: string, namespace: string })),
    to: array(object({ group: string, kind: string, name: string })),
  }),
});
export type ReferenceGrant = TypeOf<typeof referenceGrant>;
