-------------------------- MODULE Reconfiguration --------------------------
(***************************************************************************)
(* How the members of a group change: specified, not yet in the code,      *)
(* whose groups keep their first members.                                  *)
(*                                                                         *)
(* A configuration is an entry of the log.  It is in force at whoever      *)
(* holds it from the moment when it is held, committed or not.  A leader   *)
(* proposes one only after an entry of its own ballot is committed, after  *)
(* the configuration before it is committed, and with one member more or   *)
(* less: then the majorities of any two configurations that may be in      *)
(* force at once have a member in common.  A candidate needs a majority of *)
(* the configuration in force in the log that it adopts, which may not be  *)
(* the one it knew when it asked.  A lease counts in every configuration   *)
(* that may be in force: the last one, and the last one committed.         *)
(*                                                                         *)
(* Phases 1 and 2 are those of module Replication, reduced to what bears   *)
(* on this: disks are as fast as memory, the best log is adopted in one    *)
(* step, and an Accept brings a follower's log to the leader's in one.     *)
(* Names are the same.                                                     *)
(***************************************************************************)
EXTENDS Naturals, Sequences, FiniteSets

CONSTANTS
    Replica,    \* all that are ever members
    First,      \* the members at the start: a committed record of the system group
    Ballot,     \* 1..n
    Owner(_),
    Targets,    \* configurations that may be proposed
    MaxLsn,     \* bound of the model: the longest log
    Leasing     \* whether leases are granted

NONE == 0

Majority(members) == {Q \in SUBSET members : 2 * Cardinality(Q) > Cardinality(members)}
IsMajority(Q, members) == 2 * Cardinality(Q \cap members) > Cardinality(members)
Prefix(s, n) == SubSeq(s, 1, n)
Min(a, b) == IF a < b THEN a ELSE b

(* Entries are [ballot, members]; those that change nothing have no members.                     *)
Entry(b, members) == [ballot |-> b, members |-> members]
LastBallotOf(entries) == IF entries = <<>> THEN NONE ELSE entries[Len(entries)].ballot

ConfigurationAt(entries, lsn) ==
    LET changes == {i \in 1..lsn : entries[i].members # {}}
    IN  IF changes = {} THEN First
        ELSE entries[CHOOSE i \in changes : \A j \in changes : j <= i].members
Configuration(entries) == ConfigurationAt(entries, Len(entries))

VARIABLES promised, log, leads, committed, holds, promises, proposed, accepted, chosen
vars == <<promised, log, leads, committed, holds, promises, proposed, accepted, chosen>>

Init ==
    /\ promised = [r \in Replica |-> NONE]
    /\ log = [r \in Replica |-> <<>>]
    /\ leads = [r \in Replica |-> NONE]
    /\ committed = [r \in Replica |-> 0]  \* at a leader
    /\ holds = [r \in Replica |-> {}]
    /\ promises = {}                      \* <<from, ballot, its log>>
    /\ proposed = [b \in Ballot |-> <<>>]
    /\ accepted = [r \in Replica |-> [b \in Ballot |-> 0]]
    /\ chosen = <<>>                      \* the longest log that any leader has committed

ActiveConfigurations(l) == {Configuration(log[l]), ConfigurationAt(log[l], committed[l])}

HoldsLease(l) == /\ Leasing
                 /\ leads[l] # NONE
                 /\ \A members \in ActiveConfigurations(l) : IsMajority({l} \cup holds[l], members)

BoundByLease(r, candidate) == \E l \in Replica \ {candidate} : r \in holds[l]

Promise(r, b) ==
    /\ promised' = [promised EXCEPT ![r] = b]
    /\ leads' = [leads EXCEPT ![r] = NONE]
    /\ holds' = [holds EXCEPT ![r] = {}]

(* Campaign.prepare at the owner, ReplicationGroup.onPrepare at the others.                      *)
OnPrepare(r, b) ==
    LET c == Owner(b)
    IN  /\ b > promised[r]
        /\ r = c \/ \E p \in promises : p[1] = c /\ p[2] = b
        /\ r = c => c \in Configuration(log[c])
        /\ ~BoundByLease(r, c)
        /\ r # c => ~HoldsLease(r)
        /\ Promise(r, b)
        /\ promises' = promises \cup {<<r, b, log[r]>>}
        /\ UNCHANGED <<log, committed, proposed, accepted, chosen>>

IsBetter(a, b) == \/ LastBallotOf(a) > LastBallotOf(b)
                  \/ LastBallotOf(a) = LastBallotOf(b) /\ Len(a) > Len(b)

(* Who has promised must be a majority of the members by the very log that is adopted.           *)
ElectedBy(voters, adopted) == IsMajority(voters, Configuration(adopted))

Lead(c) ==
    LET b == promised[c]
        given == {p \in promises : p[2] = b}
    IN  /\ b # NONE
        /\ Owner(b) = c
        /\ proposed[b] = <<>>
        /\ \E asked \in SUBSET given :
             /\ \E own \in asked : own[1] = c
             /\ \E best \in asked :
                  /\ \A other \in asked : ~IsBetter(other[3], best[3])
                  /\ ElectedBy({p[1] : p \in asked}, best[3])
                  /\ c \in Configuration(best[3])
                  /\ LET own == Append(best[3], Entry(b, {}))
                     IN  /\ Len(own) <= MaxLsn
                         /\ log' = [log EXCEPT ![c] = own]
                         /\ proposed' = [proposed EXCEPT ![b] = own]
                         /\ accepted' = [accepted EXCEPT ![c][b] = Len(own)]
        /\ leads' = [leads EXCEPT ![c] = b]
        /\ committed' = [committed EXCEPT ![c] = 0]
        /\ UNCHANGED <<promised, holds, promises, chosen>>

BallotStart(b) == CHOOSE lsn \in 1..Len(proposed[b]) :
    proposed[b][lsn].ballot = b /\ \A i \in 1..(lsn - 1) : proposed[b][i].ballot # b

(* When a configuration may be proposed.                                                         *)
OwnBallotIsCommitted(l) == committed[l] >= BallotStart(leads[l])
LastChangeIsCommitted(l) == \A lsn \in 1..Len(log[l]) : log[l][lsn].members # {} => lsn <= committed[l]
OneMemberApart(old, new) == Cardinality((old \ new) \cup (new \ old)) = 1

ProposeConfiguration(l, members) ==
    LET own == Append(log[l], Entry(leads[l], members))
    IN  /\ leads[l] # NONE
        /\ Len(own) <= MaxLsn
        /\ OwnBallotIsCommitted(l)
        /\ LastChangeIsCommitted(l)
        /\ OneMemberApart(Configuration(log[l]), members)
        /\ log' = [log EXCEPT ![l] = own]
        /\ proposed' = [proposed EXCEPT ![leads[l]] = own]
        /\ accepted' = [accepted EXCEPT ![l][leads[l]] = Len(own)]
        /\ UNCHANGED <<promised, leads, committed, holds, promises, chosen>>

OnAccept(r, b) ==
    /\ Owner(b) # r
    /\ b >= promised[r]
    /\ proposed[b] # <<>>
    /\ r \in Configuration(proposed[b])
    /\ accepted[r][b] < Len(proposed[b])
    /\ IF b > promised[r] THEN Promise(r, b) ELSE UNCHANGED <<promised, leads, holds>>
    /\ log' = [log EXCEPT ![r] = proposed[b]]
    /\ accepted' = [accepted EXCEPT ![r][b] = Len(proposed[b])]
    /\ UNCHANGED <<committed, promises, proposed, chosen>>

(* Copies are counted in the configuration that is in force at the leader.                       *)
AdvanceCommit(l) ==
    LET b == leads[l]
    IN  /\ b # NONE
        /\ \E lsn \in (committed[l] + 1)..Len(log[l]) :
             /\ lsn >= BallotStart(b)
             /\ IsMajority({r \in Replica : accepted[r][b] >= lsn}, Configuration(log[l]))
             /\ committed' = [committed EXCEPT ![l] = lsn]
             /\ chosen' = IF lsn > Len(chosen) THEN Prefix(log[l], lsn) ELSE chosen
        /\ UNCHANGED <<promised, log, leads, holds, promises, proposed, accepted>>

Renew(l, r) ==
    /\ Leasing
    /\ leads[l] # NONE
    /\ r # l
    /\ r \notin holds[l]
    /\ promised[r] = leads[l]
    /\ holds' = [holds EXCEPT ![l] = @ \cup {r}]
    /\ UNCHANGED <<promised, log, leads, committed, promises, proposed, accepted, chosen>>

LeaseEnds(l, r) ==
    /\ r \in holds[l]
    /\ holds' = [holds EXCEPT ![l] = @ \ {r}]
    /\ UNCHANGED <<promised, log, leads, committed, promises, proposed, accepted, chosen>>

Next ==
    \/ \E r \in Replica, b \in Ballot : OnPrepare(r, b) \/ OnAccept(r, b)
    \/ \E l \in Replica : Lead(l) \/ AdvanceCommit(l)
    \/ \E l \in Replica, members \in Targets : ProposeConfiguration(l, members)
    \/ \E l, r \in Replica : Renew(l, r) \/ LeaseEnds(l, r)

Spec == Init /\ [][Next]_vars

(* What a leader has committed, every leader has committed.                                      *)
Agreement ==
    \A l \in Replica : LET both == Min(committed[l], Len(chosen))
                       IN  leads[l] # NONE => Prefix(log[l], both) = Prefix(chosen, both)

(* What was committed is in the log of every leader of a higher ballot.                          *)
LeadersAreComplete ==
    \A l \in Replica : leads[l] # NONE /\ LastBallotOf(chosen) < leads[l] =>
        Len(log[l]) >= Len(chosen) /\ Prefix(log[l], Len(chosen)) = chosen

OneLeaseHolder ==
    \A l, k \in Replica : HoldsLease(l) /\ HoldsLease(k) => l = k
=============================================================================
