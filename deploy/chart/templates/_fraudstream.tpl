{{/* What several templates share: names, the image, environment, secrets as files, and rights. */}}

{{- define "fraudstream.name" -}}
{{- if contains "fraudstream" .Release.Name }}{{ .Release.Name | trunc 50 | trimSuffix "-" }}{{ else }}{{ printf "%s-fraudstream" (.Release.Name | trunc 38 | trimSuffix "-") }}{{ end }}
{{- end }}

{{- define "fraudstream.selector" -}}
app.kubernetes.io/name: fraudstream
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "fraudstream.labels" -}}
{{ include "fraudstream.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end }}

{{- define "fraudstream.image" -}}
image: {{ printf "%s:%s" .Values.image.repository (.Values.image.tag | default .Chart.AppVersion) | quote }}
imagePullPolicy: {{ .Values.image.pullPolicy }}
{{- end }}

{{/* For consumers and provisioning alike; secrets are named by file. */}}
{{- define "fraudstream.engineEnvironment" -}}
{{- if .Values.redisai.urlSecret }}
- { name: REDISAI_URL_FILE, value: /secrets/redisai-url }
{{- else }}
- { name: REDISAI_URL, value: {{ required "redisai.url or redisai.urlSecret is needed" .Values.redisai.url | quote }} }
{{- end }}
{{- include "fraudstream.files" (dict "peer" "redisai" "of" .Values.redisai) }}
{{- if .Values.caSecret }}
- { name: NODE_EXTRA_CA_CERTS, value: /secrets/ca.crt }
{{- end }}
{{- /* Helm reads a number as a float, which it would print as 1e+06. */}}
{{- range $name, $value := .Values.settings }}
- { name: {{ $name }}, value: {{ kindIs "string" $value | ternary $value (toJson $value) | quote }} }
{{- end }}
{{- end }}

{{- define "fraudstream.kafkaEnvironment" -}}
- { name: KAFKA_BROKERS, value: {{ required "kafka.brokers is needed" .Values.kafka.brokers | quote }} }
{{- if .Values.kafka.tls }}
- { name: KAFKA_TLS, value: 'true' }
{{- end }}
{{- if ne .Values.kafka.sasl "none" }}
- { name: KAFKA_SASL, value: {{ .Values.kafka.sasl }} }
{{- end }}
{{- if eq .Values.kafka.sasl "oauthbearer" }}
{{- include "fraudstream.oauthEnvironment" .Values.kafka }}
{{- else if or (has "oauth-token" .Values.kafka.files) (has "oauth-client-secret" .Values.kafka.files) }}
{{- fail "kafka.files has what goes with kafka.sasl=oauthbearer" }}
{{- else if ne .Values.kafka.sasl "none" }}
- { name: KAFKA_USERNAME, value: {{ required "kafka.username goes with kafka.sasl" .Values.kafka.username | quote }} }
- { name: KAFKA_PASSWORD_FILE, value: /secrets/kafka-password }
{{- end }}
{{- if and (or (has "ca.crt" .Values.kafka.files) (has "tls.crt" .Values.kafka.files)) (not .Values.kafka.tls) }}
{{- fail "kafka.files has certificates, and kafka.tls is false" }}
{{- end }}
{{- include "fraudstream.files" (dict "peer" "kafka" "of" .Values.kafka) }}
{{- end }}

{{/* A token comes from a file that somebody renews, or from an endpoint. Takes Values.kafka. */}}
{{- define "fraudstream.oauthEnvironment" -}}
{{- if eq (has "oauth-token" .files) (has "oauth-client-secret" .files) }}
{{- fail "kafka.sasl=oauthbearer wants one of the keys oauth-token and oauth-client-secret in kafka.filesSecret, and in kafka.files" }}
{{- end }}
{{- if has "oauth-client-secret" .files }}
- { name: KAFKA_OAUTH_TOKEN_URL, value: {{ required "kafka.oauth.tokenUrl goes with oauth-client-secret" .oauth.tokenUrl | quote }} }
- { name: KAFKA_OAUTH_CLIENT_ID, value: {{ required "kafka.oauth.clientId goes with oauth-client-secret" .oauth.clientId | quote }} }
{{- with .oauth.scope }}
- { name: KAFKA_OAUTH_SCOPE, value: {{ . | quote }} }
{{- end }}
{{- end }}
{{- end }}

{{/* The variables that name what a filesSecret holds. Takes the peer, and its Values. */}}
{{- define "fraudstream.files" -}}
{{- if ne (empty .of.filesSecret) (empty .of.files) }}
{{- fail (printf "%s.filesSecret and %s.files, the keys that it has, go together" .peer .peer) }}
{{- end }}
{{- if ne (has "tls.crt" .of.files) (has "tls.key" .of.files) }}
{{- fail (printf "of tls.crt and tls.key only one is in %s.files" .peer) }}
{{- end }}
{{- $variables := dict "ca.crt" "CA_FILE" "tls.crt" "CERT_FILE" "tls.key" "KEY_FILE" "oauth-token" "OAUTH_TOKEN_FILE" "oauth-client-secret" "OAUTH_CLIENT_SECRET_FILE" }}
{{- $peer := .peer }}
{{- range .of.files }}
- { name: {{ upper $peer }}_{{ get $variables . }}, value: /secrets/{{ $peer }}/{{ . }} }
{{- end }}
{{- end }}

{{/* Kafka's user and password are for these mechanisms only. Takes Values.kafka. */}}
{{- define "fraudstream.hasPassword" -}}
{{- if not (has .sasl (list "none" "oauthbearer")) }}true{{ end }}
{{- end }}

{{/* These three take Values, and whether Kafka's secrets are needed. */}}
{{- define "fraudstream.hasSecrets" -}}
{{- if or .Values.redisai.urlSecret .Values.redisai.filesSecret .Values.caSecret (and .kafka (or .Values.kafka.filesSecret (include "fraudstream.hasPassword" .Values.kafka))) }}true{{ end }}
{{- end }}

{{- define "fraudstream.mounts" -}}
{{- if include "fraudstream.hasSecrets" . }}
volumeMounts:
  - { name: secrets, mountPath: /secrets, readOnly: true }
{{- end }}
{{- end }}

{{- define "fraudstream.volumes" -}}
{{- if include "fraudstream.hasSecrets" . }}
volumes:
  - name: secrets
    projected:
      defaultMode: 0440
      sources:
        {{- with .Values.redisai.urlSecret }}
        - secret: { name: {{ . }}, items: [{ key: redisai-url, path: redisai-url }] }
        {{- end }}
        {{- range $peer, $of := .kafka | ternary (dict "redisai" .Values.redisai "kafka" .Values.kafka) (dict "redisai" .Values.redisai) }}
        {{- if $of.filesSecret }}
        - secret: { name: {{ $of.filesSecret }}, items: [{{ range $of.files }}{ key: {{ . }}, path: {{ $peer }}/{{ . }} }, {{ end }}] }
        {{- end }}
        {{- end }}
        {{- if and .kafka (include "fraudstream.hasPassword" .Values.kafka) }}
        - secret: { name: {{ required "kafka.passwordSecret goes with kafka.sasl" .Values.kafka.passwordSecret }}, items: [{ key: kafka-password, path: kafka-password }] }
        {{- end }}
        {{- with .Values.caSecret }}
        - secret: { name: {{ . }}, items: [{ key: ca.crt, path: ca.crt }] }
        {{- end }}
{{- end }}
{{- end }}

{{/* 1000 is the image's user `node`: Kubernetes cannot tell from a name that it is not root. */}}
{{- define "fraudstream.podSecurity" -}}
automountServiceAccountToken: false
enableServiceLinks: false
securityContext:
  runAsNonRoot: true
  runAsUser: 1000
  runAsGroup: 1000
  fsGroup: 1000
  seccompProfile: { type: RuntimeDefault }
{{- with .Values.image.pullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . }}
  {{- end }}
{{- end }}
{{- end }}

{{- define "fraudstream.containerSecurity" -}}
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities: { drop: [ALL] }
{{- end }}
