-------------------------- MODULE ReplicationTrace --------------------------
(***************************************************************************)
(* Whether a recorded history of the code is a behaviour of Replication.   *)
(*                                                                         *)
(* The simulator records what passes the ports of one group's replicas     *)
(* (ProtocolStep): records written and synced, messages that leave,        *)
(* Accepts that arrive, restarts, and where the replica stands after each  *)
(* event.  A step of the history is explained if the specification can     *)
(* take it, or, where it only shows what was done before, if the state     *)
(* agrees with it.  Between two recorded steps the specification may catch *)
(* up with what was not seen by itself (CatchUp), and with nothing else.   *)
(*                                                                         *)
(* TLC looks for a behaviour that explains all steps: the history is       *)
(* accepted if it VIOLATES NotYetExplained, and rejected if all behaviours *)
(* get stuck before.  The history's properties are checked on the way.     *)
(*                                                                         *)
(* An Accept says here exactly what was in the message.  Snapshots are not *)
(* traced: a history ends before the first one.                            *)
(***************************************************************************)
EXTENDS Replication, TraceSteps, TLC

(* Module TraceSteps is written by the test: the history, Steps, and who owns its ballots.       *)
TraceOwner(b) == StepOwners[b]
TraceBallots == 1..Len(StepOwners)

VARIABLES
    step,   \* the next step to explain
    number  \* by replica: the records of its log that unsynced states belong to; 0: not written yet

traceVars == <<step, number>>

TraceInit ==
    /\ Init
    /\ step = 1
    /\ number = [r \in Replica |-> <<>>]
    /\ TLCSet(1, 0)

Current == Steps[step]

Explained == step' = step + 1

(* New states wait for their records.                                                            *)
Follow(r) ==
    number' = [number EXCEPT ![r] =
        @ \o [i \in 1..(Len(unsynced'[r]) - Len(unsynced[r])) |-> 0]]

(* The specification does something that no step shows by itself.                                *)
CatchUp(r, action) == action /\ Follow(r) /\ UNCHANGED step

Shows == UNCHANGED <<vars, number>> /\ Explained

(***************************************************************************)
(* The log and the disk.                                                   *)
(***************************************************************************)
IsWrittenBy(state, e) ==
    /\ state.promised = e.promised
    /\ Len(state.log) = e.lastLsn
    /\ SubSeq(state.log, e.lastLsn - Len(e.entries) + 1, e.lastLsn) = e.entries

Unwritten(r) == {i \in 1..Len(number[r]) : number[r][i] = 0}

WrittenBy(e) == {i \in Unwritten(e.r) : IsWrittenBy(unsynced[e.r][i].state, e)}

(* A record that brings nothing new: all that is known, once more.                               *)
SaysAgain(e) ==
    /\ Unwritten(e.r) = {}
    /\ IsWrittenBy(IF unsynced[e.r] = <<>> THEN disk[e.r] ELSE LastWritten(e.r).state, e)

Wrote(e) ==
    LET r == e.r
    IN  \/ /\ WrittenBy(e) # {}
           /\ LET first == CHOOSE i \in WrittenBy(e) : \A j \in WrittenBy(e) : i <= j
              IN  number' = [number EXCEPT ![r] = [i \in 1..Len(@) |->
                      IF i <= first /\ @[i] = 0 THEN e.number ELSE @[i]]]
           /\ UNCHANGED vars
           /\ Explained
        \/ SaysAgain(e) /\ Shows
        \/ /\ WrittenBy(e) = {}
           /\ ~SaysAgain(e)
           /\ \/ /\ e.promised > promised[r]
                 /\ \/ CatchUp(r, Prepare(r, e.promised))
                    \/ CatchUp(r, OnPrepare(r, Owner(e.promised), e.promised))
                    \/ \E l \in Replica : CatchUp(r, LeaseEnds(l, r)) \/ CatchUp(r, LeaseEnds(r, l))
              \/ /\ e.promised = promised[r]
                 /\ Len(log[r]) < e.lastLsn \/ leads[r] = NONE
                 /\ \/ CatchUp(r, Propose(r))
                    \/ \E Q \in Quorum : CatchUp(r, OnPromise(r, Q))
                    \/ CatchUp(r, OnFetched(r))
                 /\ Len(log'[r]) <= e.lastLsn
              \/ CatchUp(r, Checkpoint(r))

Synced(e) ==
    LET r == e.r
        done == {i \in 1..Len(number[r]) : number[r][i] # 0 /\ number[r][i] <= e.number}
    IN  IF done = {}
        THEN Shows
        ELSE LET records == CHOOSE i \in done : \A j \in done : j <= i
             IN  /\ OnPersisted(r, records)
                 /\ number' = [number EXCEPT ![r] = SubSeq(@, records + 1, Len(@))]
                 /\ Explained

Restarted(e) ==
    LET r == e.r
    IN  IF flushed[r] < e.committed
        THEN CatchUp(r, OnFlushed(r, e.committed))
        ELSE /\ Restart(r)
             /\ promised'[r] = e.promised
             /\ Len(log'[r]) = e.lastLsn
             /\ committed'[r] = e.committed
             /\ number' = [number EXCEPT ![r] = [i \in 1..Len(unsynced'[r]) |-> 0]]
             /\ Explained

Flushed(e) == IF e.lsn <= flushed[e.r] THEN Shows ELSE OnFlushed(e.r, e.lsn) /\ Follow(e.r) /\ Explained

(***************************************************************************)
(* Messages.                                                               *)
(***************************************************************************)
(* A promise may be said again as long as nothing else was promised; once the ballot has a       *)
(* leader, late promises are of no interest.                                                     *)
IsPromised(e) ==
    \/ [from |-> e.r, ballot |-> e.ballot, lastLsn |-> e.lastLsn, lastBallot |-> e.lastBallot,
        trimmedLsn |-> e.trimmed] \in promises
    \/ /\ disk[e.r].promised = e.ballot
       /\ Len(disk[e.r].log) = e.lastLsn
       /\ Last(disk[e.r].log) = e.lastBallot
       /\ base[e.r] = e.trimmed
    \/ proposed[e.ballot] # <<>>

SentPrepare(e) == Owner(e.ballot) = e.r /\ e.ballot \in prepared /\ Shows

SentPromise(e) == IsPromised(e) /\ Shows

(* Once it has promised a higher ballot a replica confirms nothing in a lower one any more, not   *)
(* even what it did before.                                                                      *)
SentAccepted(e) ==
    /\ e.ballot = promised[e.r]
    /\ IF e.lsn <= accepted[e.r][e.ballot]
       THEN Shows
       ELSE e.lsn <= committed[e.r] /\ CatchUp(e.r, ConfirmToLeader(e.r))

(* An entry is committed by its leader, or known to be; it goes to the store, and to clients.    *)
Commits(r, lsn) == CatchUp(r, AdvanceCommit(r)) /\ committed'[r] = lsn

(* What is proposed may leave before its record is handed to the log.                            *)
SentAccept(e) ==
    LET r == e.r
        b == e.ballot
        end == e.previous + Len(e.entries)
    IN  /\ leads[r] = b
        /\ IF end > Len(proposed[b])
           THEN CatchUp(r, Propose(r))
           ELSE /\ e.previous > 0 => proposed[b][e.previous] = e.previousBallot
                /\ SubSeq(proposed[b], e.previous + 1, end) = e.entries
                /\ IF e.committed > announced[b] THEN Commits(r, e.committed)
                   ELSE IF e.trim > trims[b] THEN CatchUp(r, UpdateTrim(r, e.trim))
                   ELSE Shows

Received(e) ==
    LET r == e.r
        b == e.ballot
        said(count) == OnAcceptSaying(r, b, e.previous, count, e.committed, e.trim)
    IN  IF b < promised[r] THEN Shows
        ELSE IF b > promised[r] THEN CatchUp(r, said(0)) \* the promise is a record of its own
        ELSE said(e.count) /\ Follow(r) /\ Explained

(***************************************************************************)
(* Where a replica stands after an event.                                  *)
(***************************************************************************)
Settled(e) ==
    LET r == e.r
    IN  IF e.leads = NONE /\ leads[r] # NONE THEN CatchUp(r, Resign(r))
        ELSE IF leads[r] # NONE /\ committed[r] < e.committed THEN Commits(r, e.committed)
        ELSE IF e.serves /\ ~HoldsLease(r) THEN \E follower \in Replica : CatchUp(r, Renew(r, follower))
        ELSE /\ leads[r] = e.leads
             /\ committed[r] = e.committed
             /\ leads[r] = NONE => Len(log[r]) = e.lastLsn
             /\ e.serves => MayServe(r)
             /\ Shows

TraceNext ==
    /\ step <= Len(Steps)
    /\ CASE Current.kind = "Wrote" -> Wrote(Current)
         [] Current.kind = "Synced" -> Synced(Current)
         [] Current.kind = "Restarted" -> Restarted(Current)
         [] Current.kind = "Flushed" -> Flushed(Current)
         [] Current.kind = "SentPrepare" -> SentPrepare(Current)
         [] Current.kind = "SentPromise" -> SentPromise(Current)
         [] Current.kind = "SentAccept" -> SentAccept(Current)
         [] Current.kind = "SentAccepted" -> SentAccepted(Current)
         [] Current.kind = "Received" -> Received(Current)
         [] Current.kind = "Settled" -> Settled(Current)

TraceSpec == TraceInit /\ [][TraceNext]_<<vars, traceVars>>

(***************************************************************************)
(* Violated by the behaviour that is looked for.  Says how far others got. *)
(***************************************************************************)
NotYetExplained ==
    /\ TLCGet(1) < step => TLCSet(1, step) /\ PrintT(<<"explained", step - 1>>)
    /\ step <= Len(Steps)
=============================================================================
