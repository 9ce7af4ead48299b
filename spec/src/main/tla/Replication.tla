---------------------------- MODULE Replication ----------------------------
(***************************************************************************)
(* One replication group of Stator: Multi-Paxos over one log.              *)
(*                                                                         *)
(* For a reader who knows Paxos ("Paxos Made Simple").  Three things are   *)
(* not as in the textbook:                                                 *)
(*                                                                         *)
(*  - The value that is agreed on is the log as a whole, not each slot.    *)
(*    Entries hold results that were evaluated on the log below them, so   *)
(*    phase 1 adopts one acceptor's whole log, never a mixture, and phase  *)
(*    2 appends an entry only on top of the very entry that precedes it    *)
(*    at the leader.  A leader commits by counting copies of entries of    *)
(*    its own ballot only, the first of which is a BALLOT_START.           *)
(*  - Memory runs ahead of the disk.  Records become durable in order;     *)
(*    promises and acceptances leave only when they are on disk; the       *)
(*    leader's proposals leave at once, and it counts itself afterwards.   *)
(*  - The leader reads without asking anybody, on the strength of a lease. *)
(*    Here a lease has no clocks: an acceptor is bound for as long as the  *)
(*    leader relies on its grant.  That this is so with clocks that drift, *)
(*    late messages and restarts is what module Leases is about.           *)
(*                                                                         *)
(* The network loses, delays, repeats and reorders.  Messages are kept in  *)
(* compressed form: what the leader of a ballot has sent is `proposed' (its*)
(* log, which only grows), `announced' and `trims'; an Accept that arrives *)
(* is any piece of these, so it may be an old one, and arrives often or    *)
(* never.  Confirmations are kept as the highest LSN confirmed.            *)
(*                                                                         *)
(* Names are those of the code (module replication); README.md has the     *)
(* table, action by action.                                                *)
(***************************************************************************)
EXTENDS Naturals, Sequences, FiniteSets

CONSTANTS
    Replica,     \* the members of the group: numbers
    LogReplica,  \* those of them that vote and keep the recent log, and hold no items
    Ballot,      \* 1..n; a number stands for a round and its owner
    Owner(_),    \* who owns a ballot: only its owner proposes in it
    MaxLsn,      \* bound of the model: the longest log
    MaxUnsynced, \* bound of the model: records of one replica that wait for the disk; with 0 the disk
                 \* is as fast as memory
    Leasing,     \* whether leases are granted; without them elections are not held up
    Stores       \* whether stores are flushed, logs cut and snapshots installed

ASSUME LogReplica \subseteq Replica /\ 0 \notin Replica /\ 0 \notin Ballot

NONE == 0 \* no ballot, no replica

Storage == Replica \ LogReplica
Quorum == {Q \in SUBSET Replica : 2 * Cardinality(Q) > Cardinality(Replica)}

Max(a, b) == IF a > b THEN a ELSE b
Min(a, b) == IF a < b THEN a ELSE b
Prefix(s, n) == SubSeq(s, 1, n)
Last(s) == IF s = <<>> THEN NONE ELSE s[Len(s)]

(***************************************************************************)
(* A log is the sequence of its entries' ballots: LSN and ballot name an   *)
(* entry for ever, and the ballot stays when a later leader adopts the     *)
(* entry.  Logs are written here whole, as a history; only what lies above *)
(* `base' is held and may be looked at.  What lies below has been cut, and *)
(* its effects are in the stores.                                          *)
(***************************************************************************)
VARIABLES
    \* ---- the acceptor of each replica (Acceptor), in memory
    promised,     \* the highest ballot promised
    log, base,    \* ReplicaLog: entries above base are held
    committed,    \* up to where the log is known to be committed; applied at once
    held,         \* up to where this log is that of the leader of `promised'
    \* ---- its disk
    disk,         \* what of the above has been synced: [promised, log, base]
    unsynced,     \* the records under way, in order: the state that each leads to, and what of the
                  \* leader's log is held then
    flushed,      \* up to where the store is on disk; stays 0 at a log replica
    \* ---- candidates and leaders (Campaign, Leadership), in memory
    campaign,     \* [stage, source, from]
    leads,        \* the ballot in which a replica leads, or NONE
    holds,        \* the followers on whose grants the leader relies
    \* ---- messages
    prepared,     \* ballots for which a Prepare was sent
    promises,     \* Promise messages: [from, ballot, lastLsn, lastBallot, trimmedLsn]
    proposed,     \* by ballot: the log of its leader, empty before there was one
    sentAbove,    \* by ballot: what its leader could not send any more, since its log was cut
    announced,    \* by ballot: the highest committed LSN its leader has sent
    trims,        \* by ballot: the highest trim LSN its leader has sent
    accepted,     \* by replica and ballot: the highest LSN confirmed (Accepted)
    \* ---- what clients know
    acknowledged  \* entries <<lsn, ballot>> that were committed by a leader: their writes may be answered

acceptors == <<promised, log, base, committed, held>>
disks     == <<disk, unsynced>>
offices   == <<campaign, leads, holds>>
sending   == <<proposed, sentAbove, announced, trims>>
messages  == <<prepared, promises, accepted, sending>>
vars == <<acceptors, disks, flushed, offices, messages, acknowledged>>

NoCampaign == [stage |-> "NONE", source |-> NONE, from |-> 0]

Init ==
    /\ promised = [r \in Replica |-> NONE]
    /\ log = [r \in Replica |-> <<>>]
    /\ base = [r \in Replica |-> 0]
    /\ committed = [r \in Replica |-> 0]
    /\ held = [r \in Replica |-> 0]
    /\ disk = [r \in Replica |-> [promised |-> NONE, log |-> <<>>, base |-> 0]]
    /\ unsynced = [r \in Replica |-> <<>>]
    /\ flushed = [r \in Replica |-> 0]
    /\ campaign = [r \in Replica |-> NoCampaign]
    /\ leads = [r \in Replica |-> NONE]
    /\ holds = [r \in Replica |-> {}]
    /\ prepared = {}
    /\ promises = {}
    /\ proposed = [b \in Ballot |-> <<>>]
    /\ sentAbove = [b \in Ballot |-> 0]
    /\ announced = [b \in Ballot |-> 0]
    /\ trims = [b \in Ballot |-> 0]
    /\ accepted = [r \in Replica |-> [b \in Ballot |-> 0]]
    /\ acknowledged = {}

(***************************************************************************)
(* The disk.  A record brings the durable state to what it names; those of *)
(* one replica become durable in order.                                    *)
(***************************************************************************)
Room(b) == MaxLsn \* how long the log of a ballot's leader may grow

MayWrite(r) == Len(unsynced[r]) < Max(1, MaxUnsynced)

LastWritten(r) == unsynced[r][Len(unsynced[r])]

DurableBase(r) == IF unsynced[r] = <<>> THEN disk[r].base ELSE LastWritten(r).state.base

(* The Promise that waits for a replica's disk, while the ballot has no leader (later it is of   *)
(* no interest).                                                                                 *)
PromiseMessages(r, state) ==
    IF state.promised # NONE /\ proposed'[state.promised] = <<>>
    THEN {[from |-> r, ballot |-> state.promised, lastLsn |-> Len(state.log),
           lastBallot |-> Last(state.log), trimmedLsn |-> base[r]]}
    ELSE {}

(* What waits for the disk leaves when the records before it are durable: the promise, and the   *)
(* confirmation of what is held of the leader's log.  A confirmation of a ballot below the       *)
(* present promise leaves no more.                                                               *)
SendDurable(r, state, lsn) ==
    /\ promises' = promises \cup PromiseMessages(r, state)
    /\ accepted' = IF state.promised = NONE \/ state.promised # promised'[r]
                   THEN accepted
                   ELSE [accepted EXCEPT ![r][state.promised] = Max(@, lsn)]

(* Writes what is now promised and in the log, of which the leader's log is held up to an LSN.   *)
Persist(r, state, lsn) ==
    IF MaxUnsynced = 0
    THEN /\ disk' = [disk EXCEPT ![r] = state]
         /\ SendDurable(r, state, lsn)
         /\ UNCHANGED unsynced
    ELSE /\ unsynced' = [unsynced EXCEPT ![r] = Append(@, [state |-> state, held |-> lsn])]
         /\ UNCHANGED <<disk, promises, accepted>>

(* There is nothing to write; what is confirmed leaves at once if nothing else is under way, or  *)
(* with the last of what is.                                                                     *)
ConfirmOnly(r, lsn) ==
    IF unsynced[r] = <<>>
    THEN SendDurable(r, disk[r], lsn) /\ UNCHANGED <<disk, unsynced>>
    ELSE /\ unsynced' = [unsynced EXCEPT ![r][Len(unsynced[r])].held = Max(@, lsn)]
         /\ UNCHANGED <<disk, promises, accepted>>

(* The first so many of the records under way are durable.                                       *)
OnPersisted(r, records) ==
    /\ records \in 1..Len(unsynced[r])
    /\ disk' = [disk EXCEPT ![r] = unsynced[r][records].state]
    /\ unsynced' = [unsynced EXCEPT ![r] = SubSeq(@, records + 1, Len(@))]
    /\ UNCHANGED <<acceptors, flushed, offices, prepared, sending, acknowledged>>
    /\ SendDurable(r, disk'[r], unsynced[r][records].held)

Confirmed(r, b) == IF b = NONE THEN 0 ELSE accepted[r][b]

(* Power is cut and comes back.  Of the records under way the disk keeps the first few, or none; *)
(* everything else that was in memory is gone.  The store restarts from what it had flushed, and *)
(* the log goes on above it where its own record of that is missing (Acceptor.startFrom).        *)
Restart(r) ==
    \E kept \in {disk[r]} \cup {unsynced[r][i].state : i \in 1..Len(unsynced[r])} :
        LET applied == Max(kept.base, flushed[r])
            storeLog == Prefix(log[r], flushed[r])
            logLacks == Len(kept.log) < flushed[r] \/ Prefix(kept.log, flushed[r]) # storeLog
            newLog == IF logLacks THEN storeLog ELSE kept.log
            newBase == IF logLacks THEN flushed[r] ELSE kept.base
            confirmed == Confirmed(r, kept.promised)
        IN  /\ promised' = [promised EXCEPT ![r] = kept.promised]
            /\ log' = [log EXCEPT ![r] = newLog]
            /\ base' = [base EXCEPT ![r] = newBase]
            /\ committed' = [committed EXCEPT ![r] = applied]
            /\ disk' = [disk EXCEPT ![r] = kept]
            /\ unsynced' = [unsynced EXCEPT ![r] =
                   IF logLacks
                   THEN <<[state |-> [promised |-> kept.promised, log |-> newLog, base |-> newBase],
                           held |-> confirmed]>>
                   ELSE <<>>]
            /\ held' = [held EXCEPT ![r] = confirmed]
            /\ campaign' = [campaign EXCEPT ![r] = NoCampaign]
            /\ leads' = [leads EXCEPT ![r] = NONE]
            /\ holds' = [holds EXCEPT ![r] = {}]
            /\ UNCHANGED <<flushed, messages, acknowledged>>

(***************************************************************************)
(* Leases, without clocks.  A follower that has accepted in the leader's   *)
(* ballot counts the group into its grants.                                *)
(***************************************************************************)
HoldsLease(l) == leads[l] # NONE /\ ({l} \cup holds[l]) \in Quorum

BoundByLease(r, candidate) == \E l \in Replica \ {candidate} : r \in holds[l]

(* Module Leases: HeartbeatAnswer arrives, from a follower that counts the group in.             *)
Renew(l, r) ==
    /\ Leasing
    /\ leads[l] # NONE
    /\ r # l
    /\ r \notin holds[l]
    /\ promised[r] = leads[l]
    /\ holds' = [holds EXCEPT ![l] = @ \cup {r}]
    /\ UNCHANGED <<acceptors, disks, flushed, campaign, leads, messages, acknowledged>>

(* The grant has run out on the leader's clock, and so, later, on the granter's.                 *)
LeaseEnds(l, r) ==
    /\ r \in holds[l]
    /\ holds' = [holds EXCEPT ![l] = @ \ {r}]
    /\ UNCHANGED <<acceptors, disks, flushed, campaign, leads, messages, acknowledged>>

(***************************************************************************)
(* Phase 1.                                                                *)
(***************************************************************************)
(* What a promise changes (Acceptor.promise): whatever office the replica had, it has left.      *)
Promise(r, b) ==
    /\ promised' = [promised EXCEPT ![r] = b]
    /\ leads' = [leads EXCEPT ![r] = NONE]
    /\ holds' = [holds EXCEPT ![r] = {}]

(* A member takes a ballot of its own above every one that it has seen, and promises it itself.  *)
(* It may do so again and again: a campaign is lost by being left alone.  A leader comes here    *)
(* when it learns of a higher ballot (ReplicationGroup.onRefusal): it leaves its office first.   *)
Prepare(c, b) ==
    /\ c \in Storage
    /\ Owner(b) = c
    /\ b > promised[c]
    /\ ~BoundByLease(c, c)
    /\ MayWrite(c)
    /\ Promise(c, b)
    /\ held' = [held EXCEPT ![c] = 0]
    /\ campaign' = [campaign EXCEPT ![c] = [NoCampaign EXCEPT !.stage = "PREPARING"]]
    /\ prepared' = prepared \cup {b}
    /\ UNCHANGED <<log, base, committed, flushed, sending, acknowledged>>
    /\ Persist(c, [promised |-> b, log |-> log[c], base |-> DurableBase(c)], 0)

(* A Prepare arrives; it was sent before the candidate's own promise was on disk.                *)
OnPrepare(r, c, b) ==
    /\ r # c
    /\ Owner(b) = c
    /\ b \in prepared
    /\ b > promised[r]
    /\ ~BoundByLease(r, c)
    /\ ~HoldsLease(r)
    /\ MayWrite(r)
    /\ Promise(r, b)
    /\ held' = [held EXCEPT ![r] = 0]
    /\ campaign' = [campaign EXCEPT ![r] = NoCampaign]
    /\ UNCHANGED <<log, base, committed, flushed, prepared, sending, acknowledged>>
    /\ Persist(r, [promised |-> b, log |-> log[r], base |-> DurableBase(r)], 0)

PromiseMessage(c) == [lastLsn |-> Len(log[c]), lastBallot |-> Last(log[c])]

(* Which of two logs is the better one: the last entry's ballot decides, then its LSN.           *)
IsBetter(p, q) ==
    p.lastBallot > q.lastBallot \/ (p.lastBallot = q.lastBallot /\ p.lastLsn > q.lastLsn)

(* The candidate takes office: its log is the best one, it appends its BALLOT_START, writes and  *)
(* sends it (Leadership's constructor and first flush).                                          *)
Lead(c, adopted) ==
    LET b == promised[c]
        own == Append(adopted, b)
    IN  /\ Len(own) <= Room(b)
        /\ log' = [log EXCEPT ![c] = own]
        /\ held' = [held EXCEPT ![c] = Len(own)]
        /\ leads' = [leads EXCEPT ![c] = b]
        /\ campaign' = [campaign EXCEPT ![c] = NoCampaign]
        /\ proposed' = [proposed EXCEPT ![b] = own]
        /\ sentAbove' = [sentAbove EXCEPT ![b] = base[c]]
        /\ announced' = [announced EXCEPT ![b] = committed[c]]
        /\ trims' = [trims EXCEPT ![b] = base[c]]
        /\ UNCHANGED <<promised, base, committed, holds>>
        /\ Persist(c, [promised |-> b, log |-> own, base |-> DurableBase(c)], Len(own))

PromisesFor(b) == {p \in promises : p.ballot = b}

(* A quorum, the candidate included, has promised.  Among the logs that they described the       *)
(* candidate looks for one that is better than its own, and better than or as good as all.       *)
BestPromises(c, Q) ==
    LET others == {p \in PromisesFor(promised[c]) : p.from \in Q /\ p.from # c}
    IN  {p \in others : IsBetter(p, PromiseMessage(c)) /\ \A q \in others : ~IsBetter(q, p)}

OnPromise(c, Q) ==
    /\ campaign[c].stage = "PREPARING"
    /\ c \in Q
    /\ Q \subseteq {p.from : p \in PromisesFor(promised[c])}
    /\ MayWrite(c)
    /\ IF BestPromises(c, Q) = {}
       THEN Lead(c, log[c])
       ELSE \E best \in BestPromises(c, Q) :
              /\ best.trimmedLsn <= committed[c] \* else the campaign is lost: a snapshot is needed
              /\ campaign' = [campaign EXCEPT ![c] =
                     [stage |-> "ADOPTING", source |-> best.from, from |-> committed[c] + 1]]
              /\ UNCHANGED <<acceptors, disks, leads, holds, promises, accepted, sending>>
    /\ UNCHANGED <<flushed, prepared, acknowledged>>

(* What a log becomes when entries above `previous' are taken into it (Acceptor.merge): a        *)
(* different entry, and all above it, were never chosen and go; entries that are the same stay.  *)
Merged(r, previous, entries) ==
    LET end == previous + Len(entries)
        differs == \E i \in 1..Len(entries) :
                     /\ previous + i > base[r]
                     /\ previous + i <= Len(log[r])
                     /\ log[r][previous + i] # entries[i]
    IN  IF end > Len(log[r]) \/ differs THEN Prefix(log[r], previous) \o entries ELSE log[r]

(* Some of the best log's entries arrive; once it has the last of them the candidate takes       *)
(* office, with them or after them.                                                              *)
OnFetched(c) ==
    LET source == campaign[c].source
        from == campaign[c].from
    IN  /\ campaign[c].stage = "ADOPTING"
        /\ promised[source] = promised[c]
        /\ from > base[source]
        /\ MayWrite(c)
        /\ \E to \in (from - 1)..Len(log[source]) :
             LET merged == Merged(c, from - 1, SubSeq(log[source], from, to))
             IN  \/ /\ to = Len(log[source])
                    /\ Lead(c, merged)
                 \/ /\ to >= from
                    /\ log' = [log EXCEPT ![c] = merged]
                    /\ campaign' = [campaign EXCEPT ![c].from = to + 1]
                    /\ UNCHANGED <<promised, base, committed, held, leads, holds, sending>>
                    /\ IF merged = log[c]
                       THEN UNCHANGED <<disks, promises, accepted>>
                       ELSE Persist(c, [promised |-> promised[c], log |-> merged,
                                        base |-> DurableBase(c)], 0)
        /\ UNCHANGED <<flushed, prepared, acknowledged>>

(***************************************************************************)
(* Phase 2.                                                                *)
(***************************************************************************)
(* A command is evaluated on the leader's log, appended, written and sent.                       *)
Propose(l) ==
    LET b == leads[l]
        own == Append(log[l], b)
    IN  /\ b # NONE
        /\ Len(own) <= Room(b)
        /\ MayWrite(l)
        /\ log' = [log EXCEPT ![l] = own]
        /\ held' = [held EXCEPT ![l] = Len(own)]
        /\ proposed' = [proposed EXCEPT ![b] = own]
        /\ UNCHANGED <<promised, base, committed, flushed, offices, prepared, sentAbove, announced,
                       trims, acknowledged>>
        /\ Persist(l, [promised |-> b, log |-> own, base |-> DurableBase(l)], Len(own))

(* Whether the entry that precedes the leader's is the one held here (Acceptor.holdsPrevious).   *)
HoldsPrevious(r, b, previous) ==
    /\ previous <= Len(log[r])
    /\ IF previous <= Max(base[r], committed[r])
       THEN TRUE \* what is committed is the same in every log
       ELSE log[r][previous] = proposed[b][previous]

MayAccept(r, b) == b >= promised[r]

(* A replica cuts its log where the leader says so, but never above what its own store has on    *)
(* disk; a log replica has no store, and relies on those of two others.                          *)
TrimTo(r, lsn, committedLsn) ==
    Max(base[r], Min(lsn, IF r \in LogReplica THEN committedLsn ELSE Min(committedLsn, flushed[r])))

(* An Accept of the leader of b arrives: so many entries, their predecessor, and what was        *)
(* committed and may be cut when it was sent.                                                    *)
OnAcceptSaying(r, b, previous, count, committedLsn, trimLsn) ==
    LET entries == SubSeq(proposed[b], previous + 1, previous + count)
        takes == HoldsPrevious(r, b, previous)
        heldLsn == previous + count
        newLog == IF takes THEN Merged(r, previous, entries) ELSE log[r]
    IN  /\ Owner(b) # r
        /\ MayAccept(r, b)
        /\ proposed[b] # <<>>
        /\ previous >= sentAbove[b]
        /\ heldLsn <= Len(proposed[b])
        /\ committedLsn <= announced[b]
        /\ trimLsn <= trims[b]
        /\ MayWrite(r)
        /\ IF b > promised[r]
           THEN Promise(r, b)
           ELSE UNCHANGED <<promised, leads, holds>>
        /\ campaign' = [campaign EXCEPT ![r] = NoCampaign]
        /\ log' = [log EXCEPT ![r] = newLog]
        /\ held' = [held EXCEPT ![r] =
               Max(IF b > promised[r] THEN 0 ELSE @, IF takes THEN heldLsn ELSE 0)]
        /\ LET lsn == IF takes THEN Max(committed[r], Min(committedLsn, heldLsn)) ELSE committed[r]
           IN  /\ committed' = [committed EXCEPT ![r] = lsn]
               /\ base' = [base EXCEPT ![r] = IF takes THEN TrimTo(r, trimLsn, lsn) ELSE @]
        /\ UNCHANGED <<flushed, prepared, sending, acknowledged>>
        /\ IF b > promised[r] \/ newLog # log[r]
           THEN Persist(r, [promised |-> b, log |-> newLog, base |-> DurableBase(r)], held'[r])
           ELSE ConfirmOnly(r, held'[r])

(* In the models one entry comes at a time, or none (several are as one after the other), and an *)
(* Accept says the latest: an older word does what it did when it was the latest.                *)
OnAccept(r, b, previous, count) ==
    OnAcceptSaying(r, b, previous, count, announced[b], trims[b])

(* Somebody inquires, or the store was flushed: the follower tells its leader once more what it  *)
(* holds, at least what is committed, which is the same in every log.                            *)
ConfirmToLeader(r) ==
    LET b == promised[r]
    IN  /\ b # NONE
        /\ Owner(b) # r
        /\ proposed[b] # <<>>
        /\ held[r] < committed[r]
        /\ held' = [held EXCEPT ![r] = committed[r]]
        /\ UNCHANGED <<promised, log, base, committed, flushed, offices, prepared, sending,
                       acknowledged>>
        /\ ConfirmOnly(r, committed[r])

(* The LSN of a ballot's first entry: the BALLOT_START.                                          *)
BallotStart(b) == CHOOSE lsn \in 1..Len(proposed[b]) :
    proposed[b][lsn] = b /\ \A i \in 1..(lsn - 1) : proposed[b][i] # b

MayCommit(b, lsn) ==
    /\ lsn >= BallotStart(b)
    /\ {r \in Replica : accepted[r][b] >= lsn} \in Quorum

(* What a leader sees committed it applies, and answers.                                         *)
AdvanceCommit(l) ==
    LET b == leads[l]
    IN  /\ b # NONE
        /\ \E lsn \in (committed[l] + 1)..Len(log[l]) :
             /\ MayCommit(b, lsn)
             /\ committed' = [committed EXCEPT ![l] = lsn]
             /\ announced' = [announced EXCEPT ![b] = lsn]
             /\ acknowledged' = acknowledged \cup {<<i, log[l][i]>> : i \in 1..lsn}
        /\ UNCHANGED <<promised, log, base, held, disks, flushed, offices, prepared,
                       promises, proposed, sentAbove, trims, accepted>>

(* The leader gives up its office: from now on it relies on no grant.                            *)
Resign(l) ==
    /\ Leasing
    /\ leads[l] # NONE
    /\ leads' = [leads EXCEPT ![l] = NONE]
    /\ holds' = [holds EXCEPT ![l] = {}]
    /\ UNCHANGED <<promised, log, base, committed, held, disks, flushed, campaign, messages,
                   acknowledged>>

(***************************************************************************)
(* Stores, truncation, snapshots.                                          *)
(***************************************************************************)
(* The store writes what was applied to the disk; what is applied is committed.                  *)
OnFlushed(r, lsn) ==
    /\ Stores
    /\ r \in Storage
    /\ lsn > flushed[r]
    /\ lsn <= committed[r]
    /\ flushed' = [flushed EXCEPT ![r] = lsn]
    /\ UNCHANGED <<acceptors, disks, offices, messages, acknowledged>>

(* How far two storage replicas have flushed, or the only one.                                   *)
FlushedByTwo ==
    LET needed == Min(2, Cardinality(Storage))
        reached == {lsn \in 0..MaxLsn : Cardinality({r \in Storage : flushed[r] >= lsn}) >= needed}
    IN  CHOOSE lsn \in reached : \A other \in reached : other <= lsn

(* The leader lets the log be cut, members that lag notwithstanding.                             *)
UpdateTrim(l, lsn) ==
    LET b == leads[l]
    IN  /\ Stores
        /\ b # NONE
        /\ lsn > trims[b]
        /\ lsn <= Min(FlushedByTwo, committed[l])
        /\ trims' = [trims EXCEPT ![b] = lsn]
        /\ base' = [base EXCEPT ![l] = TrimTo(l, lsn, committed[l])]
        /\ UNCHANGED <<promised, log, committed, held, disks, flushed, offices,
                       prepared, promises, proposed, sentAbove, announced, accepted, acknowledged>>

(* One record with all there is, so that older ones can go: now what was cut is gone for good.   *)
Checkpoint(r) ==
    /\ Stores
    /\ base[r] > DurableBase(r)
    /\ MayWrite(r)
    /\ UNCHANGED <<acceptors, flushed, offices, prepared, sending, acknowledged>>
    /\ Persist(r, [promised |-> promised[r], log |-> log[r], base |-> base[r]], held[r])

(* Whether a snapshot is wanted: not by a leader, not one that this replica has got past, nor    *)
(* one that ends below what its log has cut.                                                     *)
Helps(r, lsn) == leads[r] = NONE /\ lsn >= base[r] /\ lsn > committed[r]

(* A snapshot that the leader of b made of what it had applied is in the store, durably.         *)
OnSnapshotInstalled(r, b, lsn) ==
    LET content == Prefix(proposed[b], lsn)
        keepsLog == lsn >= base[r] /\ lsn <= Len(log[r]) /\ log[r][lsn] = content[lsn]
        newLog == IF keepsLog THEN log[r] ELSE content
    IN  /\ Stores
        /\ r \in Storage
        /\ lsn \in 1..announced[b]
        /\ sentAbove[b] > 0 \/ trims[b] > 0 \* else the log reaches back to everybody
        /\ Helps(r, lsn)
        /\ MayWrite(r)
        /\ log' = [log EXCEPT ![r] = newLog]
        /\ base' = [base EXCEPT ![r] = lsn]
        /\ committed' = [committed EXCEPT ![r] = lsn]
        /\ flushed' = [flushed EXCEPT ![r] = lsn]
        /\ campaign' = [campaign EXCEPT ![r] = NoCampaign]
        /\ held' = [held EXCEPT ![r] = Min(@, Len(newLog))]
        /\ UNCHANGED <<promised, leads, holds, prepared, sending, acknowledged>>
        /\ Persist(r, [promised |-> promised[r], log |-> newLog, base |-> lsn], held'[r])

(***************************************************************************)
(* The behaviour.                                                          *)
(***************************************************************************)
(* Where an Accept finds no predecessor, one is as good as another.                               *)
Acceptance(r) == \E b \in Ballot :
    \E previous \in {sentAbove[b]} \cup sentAbove[b]..Min(Len(proposed[b]), Len(log[r])) :
        \E count \in 0..1 : OnAccept(r, b, previous, count)

Next ==
    \/ \E r \in Replica :
         \/ \E records \in 1..Len(unsynced[r]) : OnPersisted(r, records)
         \/ Restart(r)
         \/ OnFetched(r)
         \/ \E Q \in Quorum : OnPromise(r, Q)
         \/ Acceptance(r)
         \/ ConfirmToLeader(r)
         \/ Propose(r)
         \/ AdvanceCommit(r)
         \/ Resign(r)
         \/ OnFlushed(r, committed[r])
         \/ UpdateTrim(r, Min(FlushedByTwo, committed[r]))
         \/ Checkpoint(r)
    \/ \E c \in Replica, b \in Ballot : Prepare(c, b)
    \/ \E r, c \in Replica, b \in Ballot : OnPrepare(r, c, b)
    \/ \E l, r \in Replica : Renew(l, r) \/ LeaseEnds(l, r)
    \/ \E r \in Replica, b \in Ballot, lsn \in 1..MaxLsn : OnSnapshotInstalled(r, b, lsn)

Spec == Init /\ [][Next]_vars

(***************************************************************************)
(* What must hold.                                                         *)
(***************************************************************************)
TypeOK ==
    /\ \A r \in Replica :
         /\ promised[r] \in Ballot \cup {NONE}
         /\ leads[r] \in {NONE, promised[r]}
         /\ Len(log[r]) <= MaxLsn
         /\ \A i \in 1..Len(log[r]) : log[r][i] \in Ballot
         /\ base[r] \in 0..Len(log[r])
         /\ disk[r].base <= Len(disk[r].log)
         /\ holds[r] \subseteq Replica \ {r}

(* Only what is in the log can be committed, and only what is in the store can be cut.           *)
CommittedIsHeld ==
    \A r \in Replica :
        /\ committed[r] <= Len(log[r])
        /\ base[r] <= committed[r]
        /\ r \in Storage => base[r] <= flushed[r]

(* No two entries are committed at one LSN.                                                      *)
Agreement ==
    /\ \A r, s \in Replica :
         LET both == Min(committed[r], committed[s])
         IN  Prefix(log[r], both) = Prefix(log[s], both)
    /\ \A x, y \in acknowledged : x[1] = y[1] => x = y

(* The log below an entry, at whoever holds it, is the log on which its proposer evaluated it.   *)
PrefixEvaluation ==
    \A r \in Replica : \A lsn \in 1..Len(log[r]) :
        Prefix(log[r], lsn) = Prefix(proposed[log[r][lsn]], lsn)

(* Whatever is powered off: every quorum of disks has every acknowledged entry in one of its     *)
(* logs.                                                                                         *)
NoAcknowledgedWriteLost ==
    \A Q \in Quorum : \A entry \in acknowledged :
        \E r \in Q :
            \/ Len(disk[r].log) >= entry[1] /\ disk[r].log[entry[1]] = entry[2]
            \/ flushed[r] >= entry[1]

(* And its effects can be had from that quorum's disks: some store, and above what that store    *)
(* has flushed an unbroken log.                                                                  *)
Recoverable ==
    \A Q \in Quorum : \A entry \in acknowledged :
        \E s \in Q \cap Storage : \A lsn \in (flushed[s] + 1)..entry[1] :
            \E r \in Q : disk[r].base < lsn /\ Len(disk[r].log) >= lsn

(* Whether consistent reads and writes are served (ReplicationGroup.serves).                     *)
MayServe(l) == leads[l] # NONE /\ committed[l] >= BallotStart(leads[l]) /\ HoldsLease(l)

OneLeaseHolder ==
    \A l, k \in Replica : MayServe(l) /\ MayServe(k) => l = k

(* While a leader holds its lease no higher ballot gathers a quorum of promises.                 *)
LeaseExcludesElection ==
    \A l \in Replica : HoldsLease(l) =>
        \A b \in Ballot : b > leads[l] => {p.from : p \in PromisesFor(b)} \notin Quorum

(* A read at whoever serves sees every write that was acknowledged before it.                    *)
LinearizableReads ==
    \A l \in Replica : MayServe(l) =>
        \A entry \in acknowledged : committed[l] >= entry[1] /\ log[l][entry[1]] = entry[2]
=============================================================================
