import { create, toBinary } from '@bufbuild/protobuf';
import {
  type AttributeProto,
  AttributeProtoSchema,
  AttributeProto_AttributeType as AttributeType,
  TensorProto_DataLocation as DataLocation,
  TensorProto_DataType as DataType,
  GraphProtoSchema,
  ModelProtoSchema,
  type NodeProto,
  NodeProtoSchema,
  OperatorSetIdProtoSchema,
  StringStringEntryProtoSchema,
  type TensorProto,
  TensorProtoSchema,
  TensorShapeProto_DimensionSchema,
  TensorShapeProtoSchema,
  TypeProto_TensorSchema,
  TypeProtoSchema,
  type ValueInfoProto,
  ValueInfoProtoSchema,
} from 'onnx-buf';
import type { DType, Shape, TensorValues, ValueType } from '../types.ts';

/** Both are old enough for runtimes of 2023, which web pages still use. */
const opset = 18n;
const irVersion = 8n;
const dataTypes: Record<DType, DataType> = {
  float32: DataType.FLOAT,
  int64: DataType.INT64,
  bool: DataType.BOOL,
  uint8: DataType.UINT8,
};

export type AttributeValue = number | string | number[] | { float: number };

const bytesPerElement: Record<DType, number> = { float32: 4, int64: 8, bool: 1, uint8: 1 };

/** Weights from this size on are kept out of the protobuf, which cannot be larger than 2 GB. */
const externalFrom = 1024;

export interface BuiltModel {
  /** The serialised ModelProto. */
  bytes: Uint8Array;
  /** Weights beside the model, by the path the model names. */
  external: ExternalWeight[];
}

/** A weight that the model finds by path and offset; read when it is wanted, so that no two need be in memory. */
export interface ExternalWeight {
  path: string;
  offset: number;
  /** In bytes. */
  length: number;
  load(): Uint8Array;
}

/** The file of a weight of so many bytes, or null for the model itself. */
export type WeightPlace = (bytes: number) => string | null;

/** Collects nodes, initialisers, inputs and outputs of one ONNX model; by default every large weight has its own file. */
export function createModelBuilder(placeOf?: WeightPlace) {
  const nodes: NodeProto[] = [];
  const initializers: TensorProto[] = [];
  const inputs: ValueInfoProto[] = [];
  const outputs: ValueInfoProto[] = [];
  const external: BuiltModel['external'] = [];
  const constants = new Map<string, string>();
  const filled = new Map<string, number>();
  const domains = new Set<string>();
  let counter = 0;

  const node = (
    opType: string,
    nodeInputs: string[],
    nodeOutputs: string[],
    attributes: Record<string, AttributeValue> = {},
    domain = '',
  ): void => {
    domains.add(domain);
    nodes.push(
      create(NodeProtoSchema, {
        opType,
        domain,
        name: `${opType}_${nodes.length}`,
        input: nodeInputs,
        output: nodeOutputs,
        attribute: Object.entries(attributes).map(([name, value]) => attributeProto(name, value)),
      }),
    );
  };

  return {
    node,
    fresh: (hint: string): string => `${hint}_${counter++}`,
    input: (name: string, type: ValueType): void => void inputs.push(valueInfo(name, type)),
    output: (name: string, type: ValueType): void => void outputs.push(valueInfo(name, type)),

    /** A small constant; equal ones are stored once. */
    constant(values: TensorValues, shape: number[], dtype: DType): string {
      const key = `${dtype}[${shape}]${Buffer.from(bytesOf(values)).toString('base64')}`;
      const known = constants.get(key);
      if (known) return known;
      const name = `constant_${counter++}`;
      initializers.push(tensorProto(name, values, shape, dtype));
      constants.set(key, name);
      return name;
    },

    /** A weight that stays in the runtime; large ones go beside the model. */
    weight(name: string, load: () => TensorValues, shape: number[], dtype: DType): void {
      const length = shape.reduce((product, size) => product * size, bytesPerElement[dtype]);
      const path = length < externalFrom ? null : placeOf ? placeOf(length) : `${external.length}.weight`;
      if (path === null) {
        initializers.push(tensorProto(name, load(), shape, dtype));
        return;
      }
      const offset = filled.get(path) ?? 0;
      filled.set(path, offset + length);
      external.push({ path, offset, length, load: () => bytesOf(load()) });
      initializers.push(
        create(TensorProtoSchema, {
          name,
          dims: shape.map(BigInt),
          dataType: dataTypes[dtype],
          dataLocation: DataLocation.EXTERNAL,
          externalData: Object.entries({
            location: path,
            offset: String(offset),
            length: String(length),
          }).map(([key, value]) => create(StringStringEntryProtoSchema, { key, value })),
        }),
      );
    },

    build(name: string): BuiltModel {
      const model = create(ModelProtoSchema, {
        irVersion,
        producerName: 'eager-llm',
        opsetImport: [...domains].map((domain) =>
          create(OperatorSetIdProtoSchema, { domain, version: domain === '' ? opset : 1n }),
        ),
        graph: create(GraphProtoSchema, {
          name,
          node: nodes,
          initializer: initializers,
          input: inputs,
          output: outputs,
        }),
      });
      return { bytes: toBinary(ModelProtoSchema, model), external };
    },
  };
}

export type ModelBuilder = ReturnType<typeof createModelBuilder>;

function attributeProto(name: string, value: AttributeValue): AttributeProto {
  if (typeof value === 'number')
    return create(AttributeProtoSchema, { name, type: AttributeType.INT, i: BigInt(value) });
  if (typeof value === 'string')
    return create(AttributeProtoSchema, {
      name,
      type: AttributeType.STRING,
      s: new Uint8Array(Buffer.from(value)),
    });
  if (Array.isArray(value))
    return create(AttributeProtoSchema, { name, type: AttributeType.INTS, ints: value.map(BigInt) });
  return create(AttributeProtoSchema, { name, type: AttributeType.FLOAT, f: value.float });
}

function tensorProto(name: string, values: TensorValues, shape: number[], dtype: DType): TensorProto {
  return create(TensorProtoSchema, {
    name,
    dims: shape.map(BigInt),
    dataType: dataTypes[dtype],
    rawData: new Uint8Array(bytesOf(values)),
  });
}

function valueInfo(name: string, { dtype, shape }: ValueType): ValueInfoProto {
  return create(ValueInfoProtoSchema, {
    name,
    type: create(TypeProtoSchema, {
      value: {
        case: 'tensorType',
        value: create(TypeProto_TensorSchema, { elemType: dataTypes[dtype], shape: shapeProto(shape) }),
      },
    }),
  });
}

function shapeProto(shape: Shape) {
  return create(TensorShapeProtoSchema, {
    dim: shape.map((dim) =>
      create(TensorShapeProto_DimensionSchema, {
        value:
          typeof dim === 'number'
            ? { case: 'dimValue', value: BigInt(dim) }
            : { case: 'dimParam', value: dim },
      }),
    ),
  });
}

function bytesOf(values: TensorValues): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}
