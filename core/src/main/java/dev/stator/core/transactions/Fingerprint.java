package dev.stator.core.transactions;

import dev.stator.core.wire.MessageCodec;
import dev.stator.core.wire.PartitionRequest;
import dev.stator.core.wire.TransactionId;
import dev.stator.core.wire.TransactionMark;
import dev.stator.model.Bytes;
import dev.stator.model.codec.BinaryWriter;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Tells whether two transactions under one token are to do the same. */
final class Fingerprint {
    private static final TransactionMark ANY = new TransactionMark(new TransactionId(0, 0), "", 0);

    private Fingerprint() {}

    /** The SHA-256 of all that the transaction is to do. */
    static Bytes of(WriteTransaction transaction) {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
        for (WriteTransaction.Write write : transaction.writes()) {
            BinaryWriter writer = new BinaryWriter();
            writer.writeVarint(write.table().id().value());
            MessageCodec.write(
                    writer,
                    new PartitionRequest.Prepare(
                            write.key(),
                            ANY,
                            write.change(),
                            write.condition(),
                            false,
                            write.itemOnFailure()));
            digest.update(writer.toByteArray());
        }
        return Bytes.wrap(digest.digest());
    }
}
