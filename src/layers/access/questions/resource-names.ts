// The names people use for resources: plural, singular, kind and short name, as kubectl resolves them by discovery; here
// for the built-in ones (`kubectl api-resources`, Kubernetes 1.37), so that a question needs no server.

/** plural, kind, then short names; groups in the order kubectl prefers them. */
const BUILT_IN: readonly (readonly [apiGroup: string, resources: string])[] = [
  [
    "",
    "bindings Binding, componentstatuses ComponentStatus cs, configmaps ConfigMap cm, endpoints Endpoints ep, events Event ev, limitranges LimitRange limits, namespaces Namespace ns, nodes Node no, persistentvolumeclaims PersistentVolumeClaim pvc, persistentvolumes PersistentVolume pv, pods Pod po, podtemplates PodTemplate, replicationcontrollers ReplicationController rc, resourcequotas ResourceQuota quota, secrets Secret, serviceaccounts ServiceAccount sa, services Service svc, users User, groups Group",
  ],
  [
    "apps",
    "controllerrevisions ControllerRevision, daemonsets DaemonSet ds, deployments Deployment deploy, replicasets ReplicaSet rs, statefulsets StatefulSet sts",
  ],
  ["batch", "cronjobs CronJob cj, jobs Job"],
  ["autoscaling", "horizontalpodautoscalers HorizontalPodAutoscaler hpa"],
  ["policy", "poddisruptionbudgets PodDisruptionBudget pdb"],
  [
    "networking.k8s.io",
    "ingressclasses IngressClass, ingresses Ingress ing, ipaddresses IPAddress ip, networkpolicies NetworkPolicy netpol, servicecidrs ServiceCIDR",
  ],
  [
    "rbac.authorization.k8s.io",
    "clusterrolebindings ClusterRoleBinding, clusterroles ClusterRole, rolebindings RoleBinding, roles Role",
  ],
  [
    "storage.k8s.io",
    "csidrivers CSIDriver, csinodes CSINode, csistoragecapacities CSIStorageCapacity, storageclasses StorageClass sc, volumeattachments VolumeAttachment, volumeattributesclasses VolumeAttributesClass vac",
  ],
  [
    "certificates.k8s.io",
    "certificatesigningrequests CertificateSigningRequest csr, clustertrustbundles ClusterTrustBundle, podcertificaterequests PodCertificateRequest, signers Signer",
  ],
  [
    "admissionregistration.k8s.io",
    "mutatingadmissionpolicies MutatingAdmissionPolicy, mutatingadmissionpolicybindings MutatingAdmissionPolicyBinding, mutatingwebhookconfigurations MutatingWebhookConfiguration, validatingadmissionpolicies ValidatingAdmissionPolicy, validatingadmissionpolicybindings ValidatingAdmissionPolicyBinding, validatingwebhookconfigurations ValidatingWebhookConfiguration",
  ],
  ["apiextensions.k8s.io", "customresourcedefinitions CustomResourceDefinition crd crds"],
  ["apiregistration.k8s.io", "apiservices APIService"],
  [
    "authentication.k8s.io",
    "selfsubjectreviews SelfSubjectReview, tokenreviews TokenReview, uids UID, userextras UserExtra",
  ],
  [
    "authorization.k8s.io",
    "localsubjectaccessreviews LocalSubjectAccessReview, selfsubjectaccessreviews SelfSubjectAccessReview, selfsubjectrulesreviews SelfSubjectRulesReview, subjectaccessreviews SubjectAccessReview",
  ],
  ["coordination.k8s.io", "leases Lease"],
  ["discovery.k8s.io", "endpointslices EndpointSlice"],
  ["flowcontrol.apiserver.k8s.io", "flowschemas FlowSchema, prioritylevelconfigurations PriorityLevelConfiguration"],
  ["node.k8s.io", "runtimeclasses RuntimeClass"],
  [
    "resource.k8s.io",
    "deviceclasses DeviceClass, resourceclaims ResourceClaim, resourceclaimtemplates ResourceClaimTemplate, resourceslices ResourceSlice",
  ],
  ["scheduling.k8s.io", "priorityclasses PriorityClass pc"],
  ["events.k8s.io", "events Event ev"],
];

export interface ResourceName {
  readonly apiGroup: string;
  readonly resource: string;
  readonly kind: string;
}

const byName: ReadonlyMap<string, readonly ResourceName[]> = indexNames();

/**
 * The resource a name means; `apiGroup` narrows it where two groups share the name. Matching ignores case, as kubectl's
 * does. `undefined` for names that are not built in.
 */
export function resourceNamed(name: string, apiGroup?: string): ResourceName | undefined {
  const found = byName.get(name.toLowerCase()) ?? [];
  return apiGroup === undefined ? found[0] : found.find((one) => one.apiGroup === apiGroup);
}

function indexNames(): ReadonlyMap<string, readonly ResourceName[]> {
  const index = new Map<string, ResourceName[]>();
  for (const [apiGroup, resources] of BUILT_IN) {
    for (const words of resources.split(", ").map((text) => text.split(" "))) {
      const [resource = "", kind = "", ...shortNames] = words;
      for (const name of new Set([resource, kind.toLowerCase(), ...shortNames])) {
        const known = index.get(name);
        if (known === undefined) index.set(name, [{ apiGroup, resource, kind }]);
        else known.push({ apiGroup, resource, kind });
      }
    }
  }
  return index;
}
