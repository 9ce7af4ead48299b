package dev.stator.core.wire;

import dev.stator.model.codec.BinaryReader;
import dev.stator.model.codec.BinaryWriter;
import dev.stator.model.codec.ItemCodec;
import dev.stator.model.codec.MalformedEncodingException;
import dev.stator.model.expression.Comparator;
import dev.stator.model.expression.Condition;
import dev.stator.model.expression.DocumentPath;
import dev.stator.model.expression.DocumentPath.Element;
import dev.stator.model.expression.Operand;
import dev.stator.model.expression.Projection;
import dev.stator.model.expression.UpdateExpression;
import dev.stator.model.expression.UpdateOperand;
import java.util.List;

/** Parsed expressions: conditions and filters, updates, projections. */
final class ExpressionCodec {
    /**
     * Nesting beyond this was not written by us: an expression has at most 300 operators, 300 calls
     * and 310 parentheses (parentheses leave no node behind).
     */
    static final int DEPTH_MAX = 700;

    private static final int AND = 1;
    private static final int OR = 2;
    private static final int NOT = 3;
    private static final int COMPARISON = 4;
    private static final int BETWEEN = 5;
    private static final int IN = 6;
    private static final int ATTRIBUTE_EXISTS = 7;
    private static final int ATTRIBUTE_NOT_EXISTS = 8;
    private static final int ATTRIBUTE_TYPE = 9;
    private static final int BEGINS_WITH = 10;
    private static final int CONTAINS = 11;

    private static final int PATH = 1;
    private static final int CONSTANT = 2;
    private static final int SIZE = 3;
    private static final int IF_NOT_EXISTS = 4;
    private static final int LIST_APPEND = 5;
    private static final int PLUS = 6;
    private static final int MINUS = 7;
    private static final int TRUTH = 8;

    private static final int ELEMENT_ATTRIBUTE = 1;
    private static final int ELEMENT_INDEX = 2;

    private static final EnumCode<Comparator> COMPARATORS =
            EnumCode.of(
                    List.of(
                            Comparator.EQ,
                            Comparator.NE,
                            Comparator.LT,
                            Comparator.LE,
                            Comparator.GT,
                            Comparator.GE));
    private static final EnumCode<UpdateExpression.Origin> ORIGINS =
            EnumCode.of(
                    List.of(
                            UpdateExpression.Origin.EXPRESSION,
                            UpdateExpression.Origin.ATTRIBUTE_UPDATES,
                            UpdateExpression.Origin.STATEMENT));

    /** A kind and a name or number. */
    private static final int ELEMENT_BYTES_MIN = 2;

    /** A name and the number of elements. */
    private static final int PATH_BYTES_MIN = 2;

    private ExpressionCodec() {}

    static void write(BinaryWriter writer, Condition condition) {
        switch (condition) {
            case Condition.And(var terms) -> writeTerms(writer, AND, terms);
            case Condition.Or(var terms) -> writeTerms(writer, OR, terms);
            case Condition.Not(var term) -> {
                writer.writeByte(NOT);
                write(writer, term);
            }
            case Condition.Comparison(var comparator, var left, var right) -> {
                writer.writeByte(COMPARISON);
                COMPARATORS.write(writer, comparator);
                write(writer, left);
                write(writer, right);
            }
            case Condition.Between(var value, var low, var high) -> {
                writer.writeByte(BETWEEN);
                write(writer, value);
                write(writer, low);
                write(writer, high);
            }
            case Condition.In(var value, var candidates) -> {
                writer.writeByte(IN);
                write(writer, value);
                Fields.writeList(writer, candidates, ExpressionCodec::write);
            }
            case Condition.AttributeExists(var path) -> {
                writer.writeByte(ATTRIBUTE_EXISTS);
                write(writer, path);
            }
            case Condition.AttributeNotExists(var path) -> {
                writer.writeByte(ATTRIBUTE_NOT_EXISTS);
                write(writer, path);
            }
            case Condition.AttributeType(var value, var typeName) -> {
                writer.writeByte(ATTRIBUTE_TYPE);
                write(writer, value);
                writer.writeString(typeName);
            }
            case Condition.BeginsWith(var value, var prefix) -> {
                writer.writeByte(BEGINS_WITH);
                write(writer, value);
                write(writer, prefix);
            }
            case Condition.Contains(var container, var content) -> {
                writer.writeByte(CONTAINS);
                write(writer, container);
                write(writer, content);
            }
        }
    }

    private static void writeTerms(BinaryWriter writer, int kind, List<Condition> terms) {
        writer.writeByte(kind);
        Fields.writeList(writer, terms, ExpressionCodec::write);
    }

    static Condition readCondition(BinaryReader reader) {
        return readCondition(reader, 0);
    }

    private static Condition readCondition(BinaryReader reader, int depth) {
        checkDepth(depth);
        int kind = reader.readByte();
        int inner = depth + 1;
        return switch (kind) {
            case AND -> new Condition.And(readTerms(reader, inner));
            case OR -> new Condition.Or(readTerms(reader, inner));
            case NOT -> new Condition.Not(readCondition(reader, inner));
            case COMPARISON ->
                    new Condition.Comparison(
                            COMPARATORS.read(reader),
                            readOperand(reader, inner),
                            readOperand(reader, inner));
            case BETWEEN ->
                    new Condition.Between(
                            readOperand(reader, inner),
                            readOperand(reader, inner),
                            readOperand(reader, inner));
            case IN ->
                    new Condition.In(
                            readOperand(reader, inner),
                            Fields.readList(
                                    reader, PATH_BYTES_MIN, from -> readOperand(from, inner)));
            case ATTRIBUTE_EXISTS -> new Condition.AttributeExists(readPath(reader));
            case ATTRIBUTE_NOT_EXISTS -> new Condition.AttributeNotExists(readPath(reader));
            case ATTRIBUTE_TYPE ->
                    new Condition.AttributeType(readOperand(reader, inner), reader.readString());
            case BEGINS_WITH ->
                    new Condition.BeginsWith(
                            readOperand(reader, inner), readOperand(reader, inner));
            case CONTAINS ->
                    new Condition.Contains(readOperand(reader, inner), readOperand(reader, inner));
            default -> throw Fields.unknown("kind of condition", kind);
        };
    }

    private static List<Condition> readTerms(BinaryReader reader, int depth) {
        // The shortest term is an And of nothing: two bytes.
        return Fields.readList(reader, 2, from -> readCondition(from, depth));
    }

    private static void write(BinaryWriter writer, Operand operand) {
        switch (operand) {
            case Operand.Path(var path) -> {
                writer.writeByte(PATH);
                write(writer, path);
            }
            case Operand.Constant(var value) -> {
                writer.writeByte(CONSTANT);
                ItemCodec.write(writer, value);
            }
            case Operand.Size(var of) -> {
                writer.writeByte(SIZE);
                write(writer, of);
            }
            case Operand.Truth(var condition) -> {
                writer.writeByte(TRUTH);
                write(writer, condition);
            }
        }
    }

    private static Operand readOperand(BinaryReader reader, int depth) {
        checkDepth(depth);
        int kind = reader.readByte();
        return switch (kind) {
            case PATH -> new Operand.Path(readPath(reader));
            case CONSTANT -> new Operand.Constant(ItemCodec.readValue(reader));
            case SIZE -> new Operand.Size(readOperand(reader, depth + 1));
            case TRUTH -> new Operand.Truth(readCondition(reader, depth + 1));
            default -> throw Fields.unknown("kind of operand", kind);
        };
    }

    static void write(BinaryWriter writer, UpdateExpression update) {
        ORIGINS.write(writer, update.origin());
        Fields.writeList(
                writer,
                update.sets(),
                (to, action) -> {
                    write(to, action.path());
                    write(to, action.value());
                });
        Fields.writeList(writer, update.removes(), (to, action) -> write(to, action.path()));
        Fields.writeList(
                writer,
                update.adds(),
                (to, action) -> {
                    write(to, action.path());
                    ItemCodec.write(to, action.value());
                });
        Fields.writeList(
                writer,
                update.deletes(),
                (to, action) -> {
                    write(to, action.path());
                    ItemCodec.write(to, action.value());
                });
    }

    static UpdateExpression readUpdate(BinaryReader reader) {
        return new UpdateExpression(
                ORIGINS.read(reader),
                Fields.readList(
                        reader,
                        PATH_BYTES_MIN + 2,
                        from ->
                                new UpdateExpression.SetAction(
                                        readPath(from), readUpdateOperand(from, 0))),
                Fields.readList(
                        reader,
                        PATH_BYTES_MIN,
                        from -> new UpdateExpression.RemoveAction(readPath(from))),
                Fields.readList(
                        reader,
                        PATH_BYTES_MIN + 1,
                        from ->
                                new UpdateExpression.AddAction(
                                        readPath(from), ItemCodec.readValue(from))),
                Fields.readList(
                        reader,
                        PATH_BYTES_MIN + 1,
                        from ->
                                new UpdateExpression.DeleteAction(
                                        readPath(from), ItemCodec.readValue(from))));
    }

    private static void write(BinaryWriter writer, UpdateOperand operand) {
        switch (operand) {
            case UpdateOperand.Path(var path) -> {
                writer.writeByte(PATH);
                write(writer, path);
            }
            case UpdateOperand.Constant(var value) -> {
                writer.writeByte(CONSTANT);
                ItemCodec.write(writer, value);
            }
            case UpdateOperand.IfNotExists(var path, var otherwise) -> {
                writer.writeByte(IF_NOT_EXISTS);
                write(writer, path);
                write(writer, otherwise);
            }
            case UpdateOperand.ListAppend(var first, var second) ->
                    writePair(writer, LIST_APPEND, first, second);
            case UpdateOperand.Plus(var left, var right) -> writePair(writer, PLUS, left, right);
            case UpdateOperand.Minus(var left, var right) -> writePair(writer, MINUS, left, right);
        }
    }

    private static void writePair(
            BinaryWriter writer, int kind, UpdateOperand first, UpdateOperand second) {
        writer.writeByte(kind);
        write(writer, first);
        write(writer, second);
    }

    private static UpdateOperand readUpdateOperand(BinaryReader reader, int depth) {
        checkDepth(depth);
        int kind = reader.readByte();
        int inner = depth + 1;
        return switch (kind) {
            case PATH -> new UpdateOperand.Path(readPath(reader));
            case CONSTANT -> new UpdateOperand.Constant(ItemCodec.readValue(reader));
            case IF_NOT_EXISTS ->
                    new UpdateOperand.IfNotExists(
                            readPath(reader), readUpdateOperand(reader, inner));
            case LIST_APPEND ->
                    new UpdateOperand.ListAppend(
                            readUpdateOperand(reader, inner), readUpdateOperand(reader, inner));
            case PLUS ->
                    new UpdateOperand.Plus(
                            readUpdateOperand(reader, inner), readUpdateOperand(reader, inner));
            case MINUS ->
                    new UpdateOperand.Minus(
                            readUpdateOperand(reader, inner), readUpdateOperand(reader, inner));
            default -> throw Fields.unknown("kind of update operand", kind);
        };
    }

    static void write(BinaryWriter writer, Projection projection) {
        Fields.writeList(writer, projection.paths(), ExpressionCodec::write);
    }

    static Projection readProjection(BinaryReader reader) {
        return new Projection(Fields.readList(reader, PATH_BYTES_MIN, ExpressionCodec::readPath));
    }

    private static void write(BinaryWriter writer, DocumentPath path) {
        writer.writeString(path.attribute());
        writer.writeVarint(path.elements().size());
        for (Element element : path.elements()) {
            switch (element) {
                case Element.Attribute(var name) -> {
                    writer.writeByte(ELEMENT_ATTRIBUTE);
                    writer.writeString(name);
                }
                case Element.Index(int index) -> {
                    writer.writeByte(ELEMENT_INDEX);
                    writer.writeVarint(index);
                }
            }
        }
    }

    private static DocumentPath readPath(BinaryReader reader) {
        return new DocumentPath(
                reader.readString(),
                Fields.readList(reader, ELEMENT_BYTES_MIN, ExpressionCodec::readElement));
    }

    private static Element readElement(BinaryReader reader) {
        int kind = reader.readByte();
        return switch (kind) {
            case ELEMENT_ATTRIBUTE -> new Element.Attribute(reader.readString());
            case ELEMENT_INDEX -> new Element.Index(reader.readVarint32());
            default -> throw Fields.unknown("kind of path element", kind);
        };
    }

    private static void checkDepth(int depth) {
        if (depth > DEPTH_MAX) {
            throw new MalformedEncodingException("an expression nested too deep");
        }
    }
}
