import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { create, toBinary } from '@bufbuild/protobuf';
import {
  AttributeProto_AttributeType,
  AttributeProtoSchema,
  GraphProtoSchema,
  ModelProtoSchema,
  type NodeProto,
  NodeProtoSchema,
  OperatorSetIdProtoSchema,
  TensorProto_DataType,
  TensorProtoSchema,
  TensorShapeProto_DimensionSchema,
  TensorShapeProtoSchema,
  TypeProto_TensorSchema,
  TypeProtoSchema,
  ValueInfoProtoSchema,
} from 'onnx-buf';

export const words = ['[PAD]', '[UNK]', '[CLS]', '[SEP]', 'red', 'green', 'soap', 'lipstick', 'tea', '##s'];
export const width = 4;
/** [words, width] and [width, width]: made-up numbers, no two rows alike. */
export const embeddings = Float32Array.from({ length: words.length * width }, (_, at) =>
  Math.sin(3 * at + 1),
);
export const projection = Float32Array.from({ length: width * width }, (_, at) => Math.cos(2 * at));

/**
 * Writes a real, tiny text model in the form that transformers.js loads: a BERT-like tokenizer and an ONNX graph
 * last_hidden_state = (E[input_ids] + T[token_type_ids]) W, zeroed where attention_mask is 0.
 */
export function writeTinyTextModel(folder: string, output = 'last_hidden_state'): string {
  mkdirSync(join(folder, 'onnx'), { recursive: true });
  const write = (file: string, value: unknown) => writeFileSync(join(folder, file), JSON.stringify(value));
  write('config.json', {
    model_type: 'bert',
    architectures: ['BertModel'],
    hidden_size: width,
    max_position_embeddings: 16,
  });
  write('tokenizer_config.json', {
    tokenizer_class: 'BertTokenizer',
    do_lower_case: true,
    model_max_length: 16,
    pad_token: '[PAD]',
    unk_token: '[UNK]',
    cls_token: '[CLS]',
    sep_token: '[SEP]',
  });
  write('tokenizer.json', tokenizer());
  writeFileSync(join(folder, 'onnx', 'model.onnx'), modelBytes(output));
  return folder;
}

function tokenizer() {
  const special = (content: string, id: number) => ({
    id,
    content,
    special: true,
    single_word: false,
    lstrip: false,
    rstrip: false,
    normalized: false,
  });
  const part = (id: string) => ({ id, ids: [words.indexOf(id)], tokens: [id] });
  return {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: words.slice(0, 4).map(special),
    normalizer: {
      type: 'BertNormalizer',
      clean_text: true,
      handle_chinese_chars: true,
      strip_accents: null,
      lowercase: true,
    },
    pre_tokenizer: { type: 'BertPreTokenizer' },
    post_processor: {
      type: 'TemplateProcessing',
      single: [
        { SpecialToken: { id: '[CLS]', type_id: 0 } },
        { Sequence: { id: 'A', type_id: 0 } },
        { SpecialToken: { id: '[SEP]', type_id: 0 } },
      ],
      pair: [],
      special_tokens: { '[CLS]': part('[CLS]'), '[SEP]': part('[SEP]') },
    },
    decoder: { type: 'WordPiece', prefix: '##', cleanup: true },
    model: {
      type: 'WordPiece',
      unk_token: '[UNK]',
      continuing_subword_prefix: '##',
      max_input_chars_per_word: 100,
      vocab: Object.fromEntries(words.map((word, id) => [word, id])),
    },
  };
}

function modelBytes(output: string): Uint8Array {
  const graph = create(GraphProtoSchema, {
    name: 'tiny',
    initializer: [
      tensor('E', [words.length, width], embeddings),
      tensor('T', [2, width], new Float32Array(2 * width)),
      tensor('W', [width, width], projection),
      create(TensorProtoSchema, {
        name: 'last',
        dims: [1n],
        dataType: TensorProto_DataType.INT64,
        int64Data: [-1n],
      }),
    ],
    node: [
      node('Gather', ['E', 'input_ids'], 'tokens'),
      node('Gather', ['T', 'token_type_ids'], 'types'),
      node('Add', ['tokens', 'types'], 'summed'),
      node('MatMul', ['summed', 'W'], 'projected'),
      node('Cast', ['attention_mask'], 'mask', TensorProto_DataType.FLOAT),
      node('Unsqueeze', ['mask', 'last'], 'column'),
      node('Mul', ['projected', 'column'], output),
    ],
    input: ['input_ids', 'attention_mask', 'token_type_ids'].map((name) =>
      valueInfo(name, TensorProto_DataType.INT64, ['batch', 'tokens']),
    ),
    output: [valueInfo(output, TensorProto_DataType.FLOAT, ['batch', 'tokens', width])],
  });
  return toBinary(
    ModelProtoSchema,
    create(ModelProtoSchema, {
      irVersion: 8n,
      graph,
      opsetImport: [create(OperatorSetIdProtoSchema, { domain: '', version: 17n })],
    }),
  );
}

function tensor(name: string, dims: number[], values: Float32Array) {
  return create(TensorProtoSchema, {
    name,
    dims: dims.map(BigInt),
    dataType: TensorProto_DataType.FLOAT,
    floatData: [...values],
  });
}

function node(opType: string, input: string[], output: string, castTo?: number): NodeProto {
  const attribute =
    castTo === undefined
      ? []
      : [
          create(AttributeProtoSchema, {
            name: 'to',
            type: AttributeProto_AttributeType.INT,
            i: BigInt(castTo),
          }),
        ];
  return create(NodeProtoSchema, { opType, input, output: [output], attribute });
}

function valueInfo(name: string, elemType: number, dims: (string | number)[]) {
  const dim = dims.map((size) =>
    create(TensorShapeProto_DimensionSchema, {
      value:
        typeof size === 'number'
          ? { case: 'dimValue', value: BigInt(size) }
          : { case: 'dimParam', value: size },
    }),
  );
  const shape = create(TensorShapeProtoSchema, { dim });
  const value = { case: 'tensorType' as const, value: create(TypeProto_TensorSchema, { elemType, shape }) };
  return create(ValueInfoProtoSchema, { name, type: create(TypeProtoSchema, { value }) });
}
