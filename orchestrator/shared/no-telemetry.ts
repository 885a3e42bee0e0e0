// From 1.29 on, onnxruntime tells its makers which models it runs, and keeps an id of the machine, unless this stands
// before its first session. A value that the user has set stays.
process.env.ORT_DISABLE_TELEMETRY ??= '1';
