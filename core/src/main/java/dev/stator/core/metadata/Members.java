package dev.stator.core.metadata;

import dev.stator.model.table.MemberDescriptor;
import dev.stator.model.table.PartitionDescriptor;
import dev.stator.replication.Member;
import dev.stator.replication.NodeId;
import java.util.ArrayList;
import java.util.List;

/** Members of groups, between the form in which tables keep them and that of replication. */
public final class Members {
    private Members() {}

    /** The first members of a partition's group. */
    public static List<Member> of(PartitionDescriptor partition) {
        List<Member> members = new ArrayList<>(partition.members().size());
        for (MemberDescriptor member : partition.members()) {
            members.add(
                    new Member(
                            new NodeId(member.nodeHigh(), member.nodeLow()),
                            switch (member.role()) {
                                case STORAGE -> Member.Role.STORAGE;
                                case LOG -> Member.Role.LOG;
                            }));
        }
        return members;
    }

    /** A member as a table keeps it. */
    public static MemberDescriptor describe(Member member) {
        return new MemberDescriptor(
                member.node().high(),
                member.node().low(),
                switch (member.role()) {
                    case STORAGE -> MemberDescriptor.Role.STORAGE;
                    case LOG -> MemberDescriptor.Role.LOG;
                });
    }
}
