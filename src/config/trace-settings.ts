// Settings of traces; the other variables of OpenTelemetry (OTEL_*) are read by its own library.
import { setting, word } from './setting.ts';

export const TRACE_SETTINGS = {
  otlpEndpoint: setting({
    flag: '--otlp-endpoint <url>',
    env: 'OTEL_EXPORTER_OTLP_ENDPOINT',
    description:
      'OpenTelemetry collector that takes traces by OTLP over HTTP, e.g. http://localhost:4318 (none unless told)',
    schema: word
      .regex(/^https?:\/\/[^\s/@?#]+(\/[^\s@?#]*)?$/, 'is not an address like http://localhost:4318')
      .optional(),
    commands: ['demo', 'replay', 'consume'],
  }),
};
