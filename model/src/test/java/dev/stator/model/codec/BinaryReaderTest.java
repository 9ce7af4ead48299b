package dev.stator.model.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stator.model.Bytes;
import dev.stator.model.RandomCases;
import dev.stator.model.RandomValues;
import java.util.HexFormat;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class BinaryReaderTest {
    @Test
    void readsWhatWasWritten() {
        RandomCases.check(
                5_000,
                random -> {
                    RandomValues values = new RandomValues(random);
                    long any = random.nextLong() >> random.nextInt(64);
                    String text = values.text();
                    Bytes bytes = values.bytes();
                    BinaryWriter writer = new BinaryWriter(random.nextInt(4));
                    writer.writeVarint(any);
                    writer.writeZigzag(any);
                    writer.writeFixed64(any);
                    writer.writeFixed32((int) any);
                    writer.writeBoolean(any > 0);
                    writer.writeString(text);
                    writer.writeBytes(bytes);
                    BinaryReader reader = new BinaryReader(writer.toByteArray());
                    assertThat(reader.readVarint()).isEqualTo(any);
                    assertThat(reader.readZigzag()).isEqualTo(any);
                    assertThat(reader.readFixed64()).isEqualTo(any);
                    assertThat(reader.readFixed32()).isEqualTo((int) any);
                    assertThat(reader.readBoolean()).isEqualTo(any > 0);
                    assertThat(reader.readString()).isEqualTo(text);
                    assertThat(reader.readBytes()).isEqualTo(bytes);
                    reader.expectEnd();
                });
    }

    @Test
    void everyReadChecksWhatRemains() {
        assertMalformed("", BinaryReader::readByte);
        assertMalformed("000000", BinaryReader::readFixed32);
        assertMalformed("00000000000000", BinaryReader::readFixed64);
        assertMalformed("80", BinaryReader::readVarint);
        assertMalformed("0361", BinaryReader::readString);
        assertMalformed("0361", BinaryReader::readBytes);
        assertMalformed("00", reader -> reader.readRaw(2));
        assertMalformed("00", reader -> reader.readRaw(-1));
        assertMalformed("00", BinaryReader::expectEnd);
    }

    @Test
    void refusesValuesOutOfRange() {
        assertMalformed("ffffffffffffffffff02", BinaryReader::readVarint);
        assertMalformed("8080808008", BinaryReader::readVarint32);
        assertMalformed("ffffffffffffffffff01", BinaryReader::readVarint32);
        assertMalformed("8080808010", BinaryReader::readZigzag32);
        assertMalformed("02", BinaryReader::readBoolean);
        assertMalformed("0300000000", reader -> reader.readCount(2));
    }

    @Test
    void refusesWhatIsNotUtf8() {
        assertMalformed("01ff", BinaryReader::readString);
        assertMalformed("03eda080", BinaryReader::readString);
        assertMalformed("02c080", BinaryReader::readString);
        byte[] replacement = HexFormat.of().parseHex("03efbfbd");
        assertThat(new BinaryReader(replacement).readString()).isEqualTo("\uFFFD");
    }

    @Test
    void readsOnlyItsPartOfTheArray() {
        BinaryReader reader = new BinaryReader(new byte[] {1, 2, 3}, 1, 2);
        assertThat(reader.readByte()).isEqualTo(2);
        assertThatThrownBy(reader::readByte).isInstanceOf(MalformedEncodingException.class);
        assertThat(reader.position()).isEqualTo(2);
    }

    @Test
    void aWriterPatchesWhatItWrote() {
        BinaryWriter writer = new BinaryWriter(0);
        writer.writeFixed32(0);
        writer.writeFixed64(0);
        writer.setFixed32(0, 7);
        writer.setFixed64(4, -1);
        assertThat(writer.toBytes()).hasToString("00000007ffffffffffffffff");
        assertThatThrownBy(() -> writer.setFixed32(9, 0))
                .isInstanceOf(IndexOutOfBoundsException.class);
        writer.reset();
        assertThat(writer.size()).isZero();
        assertThatThrownBy(() -> writer.setFixed32(0, 0))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    private static void assertMalformed(String hex, Consumer<BinaryReader> read) {
        BinaryReader reader = new BinaryReader(HexFormat.of().parseHex(hex));
        assertThatThrownBy(() -> read.accept(reader))
                .as(hex)
                .isInstanceOf(MalformedEncodingException.class);
    }
}
