Object.defineProperty(process, 'release', { value: { ...process.release, name: 'browser' } });
const x = await import('@xenova/transformers');
x.env.allowRemoteModels = false;
x.env.localModelPath = '/';
x.env.backends.onnx.wasm.numThreads = 1;
const folder = process.argv[2];
const tok = await x.AutoTokenizer.from_pretrained(folder);
const model = await x.AutoModelForCausalLM.from_pretrained(folder, {
  quantized: false,
  model_file_name: 'model',
});
const { input_ids } = tok('<a_8><b_2><c_6><d_8><a_9><b_6><c_0><d_9>');
const t = performance.now();
console.log((await model.generate(input_ids, { max_new_tokens: 8 }))[0], performance.now() - t);
console.log(await model.generate(input_ids, { max_new_tokens: 4, num_beams: 5, num_return_sequences: 5 }));
