// Every format of `workloads admit` over namespaces.

import { predictionHtml } from "./prediction-html.ts";
import { predictionJson, predictionNdjson } from "./prediction-json.ts";
import { predictionJunit } from "./prediction-junit.ts";
import type { RenderPrediction } from "./prediction-report.ts";
import { predictionText } from "./prediction-text.ts";

export const PREDICTION_FORMATS: Readonly<Record<string, RenderPrediction>> = {
  text: predictionText,
  json: predictionJson,
  ndjson: predictionNdjson,
  html: predictionHtml,
  junit: predictionJunit,
};
