package dev.stator.server.json;

import dev.stator.core.operations.api.SseSpecification;
import dev.stator.core.operations.api.StreamSpecification;
import dev.stator.core.operations.api.TableOptions;
import dev.stator.core.operations.api.Tag;
import dev.stator.model.error.ApiException;
import dev.stator.server.json.RequestReader.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the settings that CreateTable and UpdateTable share, and tags. */
final class TableOptionsReader {
    private @Nullable StreamSpecification stream;
    private @Nullable SseSpecification sse;
    private @Nullable String tableClass;
    private @Nullable Boolean deletionProtectionEnabled;

    /** Reads the member if it is one of these; false if it is not. */
    boolean read(String member, RequestReader in, Violations violations) {
        switch (member) {
            case "StreamSpecification" -> stream = stream(in, violations);
            case "SSESpecification" -> sse = sse(in, violations);
            case "TableClass" -> tableClass = in.string();
            case "DeletionProtectionEnabled" -> deletionProtectionEnabled = in.bool();
            default -> {
                return false;
            }
        }
        return true;
    }

    TableOptions options(Violations violations) {
        return new TableOptions(
                Optional.ofNullable(stream),
                Optional.ofNullable(sse),
                Members.TABLE_CLASS.find(tableClass),
                Optional.ofNullable(deletionProtectionEnabled));
    }

    /** An unknown class is refused in words of its own, after all violations. */
    void checkTableClass() {
        if (tableClass != null && Members.TABLE_CLASS.find(tableClass).isEmpty()) {
            throw ApiException.validation(
                    "Invalid table-class parameter provided. Please try again with a valid"
                            + " table-class value: [STANDARD, STANDARD_INFREQUENT_ACCESS].");
        }
    }

    private static StreamSpecification stream(RequestReader in, Violations violations) {
        Boolean enabled = null;
        String viewType = null;
        in.beginStructure("StreamSpecification", Position.MEMBER);
        String member;
        while ((member = in.nextMember()) != null) {
            switch (member) {
                case "StreamEnabled" -> enabled = in.bool();
                case "StreamViewType" -> viewType = in.string();
                default -> in.skip();
            }
        }
        if (enabled == null) {
            violations.addNull("streamSpecification.streamEnabled");
        }
        return new StreamSpecification(
                Boolean.TRUE.equals(enabled),
                Members.STREAM_VIEW_TYPE.check("streamSpecification", viewType, violations));
    }

    private static SseSpecification sse(RequestReader in, Violations violations) {
        Boolean enabled = null;
        String type = null;
        String keyId = null;
        in.beginStructure("SSESpecification", Position.MEMBER);
        String member;
        while ((member = in.nextMember()) != null) {
            switch (member) {
                case "Enabled" -> enabled = in.bool();
                case "SSEType" -> type = in.string();
                case "KMSMasterKeyId" -> keyId = in.string();
                default -> in.skip();
            }
        }
        if (keyId != null) {
            Members.KMS_MASTER_KEY_ID.checkRequired("sSESpecification", keyId, violations);
        }
        return new SseSpecification(
                Optional.ofNullable(enabled),
                Members.SSE_TYPE.check("sSESpecification", type, violations),
                Optional.ofNullable(keyId));
    }

    static List<Tag> tags(RequestReader in) {
        List<Tag> tags = new ArrayList<>();
        in.beginList();
        while (in.nextElement()) {
            tags.add(tag(in));
        }
        return tags;
    }

    private static Tag tag(RequestReader in) {
        String key = null;
        String value = null;
        in.beginStructure("Tag", Position.VALUE);
        String member;
        while ((member = in.nextMember()) != null) {
            switch (member) {
                case "Key" -> key = in.string();
                case "Value" -> value = in.string();
                default -> in.skip();
            }
        }
        return new Tag(key, value);
    }
}
