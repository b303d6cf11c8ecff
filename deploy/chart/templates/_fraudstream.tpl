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
- { name: KAFKA_USERNAME, value: {{ required "kafka.username goes with kafka.sasl" .Values.kafka.username | quote }} }
- { name: KAFKA_PASSWORD_FILE, value: /secrets/kafka-password }
{{- end }}
{{- end }}

{{/* These three take Values, and whether Kafka's password is needed. */}}
{{- define "fraudstream.hasSecrets" -}}
{{- if or .Values.redisai.urlSecret .Values.caSecret (and .kafka (ne .Values.kafka.sasl "none")) }}true{{ end }}
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
        {{- if and .kafka (ne .Values.kafka.sasl "none") }}
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
