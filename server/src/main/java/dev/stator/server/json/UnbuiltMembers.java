package dev.stator.server.json;

import dev.stator.server.json.RequestReader.Position;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the service model demands of the members of requests whose feature is not built: they are
 * checked as if it were, so that a client that errs learns of it. One for each request.
 */
final class UnbuiltMembers {
    private static final Set<String> INTEGERS = Set.of("Limit", "MaxResults", "PageSize");
    private static final StringMember BACKUP_NAME = new StringMember("backupName", 3, 255, true);
    private static final StringMember STREAM_ARN = new StringMember("streamArn", 37, 1024, false);
    private static final StringMember REVISION =
            new StringMember("expectedRevisionId", 1, 255, false);
    private static final StringMember TTL_ATTRIBUTE =
            new StringMember("attributeName", 1, 255, false);
    private static final NumberMember RECOVERY_DAYS =
            new NumberMember("recoveryPeriodInDays", 1, 35);
    private static final List<String> INSIGHTS_ACTIONS = List.of("ENABLE", "DISABLE");
    private static final List<String> INSIGHTS_MODES =
            List.of("THROTTLED_KEYS", "ACCESSED_AND_THROTTLED_KEYS");

    private final Violations violations = new Violations();
    private boolean enables;

    /** Whether something is to be switched on. */
    boolean enables() {
        return enables;
    }

    Violations violations() {
        return violations;
    }

    /** Reads a member that has rules; false if it is not one. */
    boolean read(String member, RequestReader in) {
        switch (member) {
            case "ContributorInsightsAction" -> {
                String action = in.string();
                enables = action.equals("ENABLE");
                checkEnum("contributorInsightsAction", action, INSIGHTS_ACTIONS);
            }
            case "ContributorInsightsMode" ->
                    checkEnum("contributorInsightsMode", in.string(), INSIGHTS_MODES);
            case "PointInTimeRecoverySpecification" -> readPointInTimeRecovery(in);
            case "TimeToLiveSpecification" -> readTimeToLive(in);
            case "BackupName" -> BACKUP_NAME.check(in.string(), violations);
            case "ExpectedRevisionId" -> REVISION.check(in.string(), violations);
            default -> {
                if (!INTEGERS.contains(member)) {
                    return false;
                }
                limit(member).check(in.integer(), violations);
            }
        }
        return true;
    }

    /** The ARN of a Kinesis data stream. */
    void checkDestination(@Nullable String streamArn) {
        STREAM_ARN.check(streamArn, violations);
    }

    private static NumberMember limit(String member) {
        return switch (member) {
            case "MaxResults" -> new NumberMember("maxResults", 0, 100);
            case "PageSize" -> new NumberMember("pageSize", 1, 25);
            default -> new NumberMember("limit", 1, Integer.MAX_VALUE);
        };
    }

    private void checkEnum(String path, String value, List<String> constants) {
        if (!constants.contains(value)) {
            violations.add(value, path, "Member must satisfy enum value set: " + constants);
        }
    }

    private void readPointInTimeRecovery(RequestReader in) {
        String path = "pointInTimeRecoverySpecification";
        boolean given = false;
        Integer days = null;
        in.beginStructure("PointInTimeRecoverySpecification", Position.MEMBER);
        String member;
        while ((member = in.nextMember()) != null) {
            switch (member) {
                case "PointInTimeRecoveryEnabled" -> {
                    enables = in.bool();
                    given = true;
                }
                case "RecoveryPeriodInDays" -> days = in.integer();
                default -> in.skip();
            }
        }
        if (days != null) {
            RECOVERY_DAYS.checkRequired(path, days.longValue(), violations);
        }
        if (!given) {
            violations.addNull(path + ".pointInTimeRecoveryEnabled");
        }
    }

    private void readTimeToLive(RequestReader in) {
        String path = "timeToLiveSpecification";
        String attribute = null;
        boolean given = false;
        in.beginStructure("TimeToLiveSpecification", Position.MEMBER);
        String member;
        while ((member = in.nextMember()) != null) {
            switch (member) {
                case "AttributeName" -> attribute = in.string();
                case "Enabled" -> {
                    enables = in.bool();
                    given = true;
                }
                default -> in.skip();
            }
        }
        TTL_ATTRIBUTE.checkRequired(path, attribute, violations);
        if (!given) {
            violations.addNull(path + ".enabled");
        }
    }
}
