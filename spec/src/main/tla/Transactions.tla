---------------------------- MODULE Transactions ----------------------------
(***************************************************************************)
(* Transactions over several items, after "Distributed Transactions at     *)
(* Scale in Amazon DynamoDB" (ATC'23): two phases, in the order of         *)
(* timestamps, without locks, without versions.                            *)
(*                                                                         *)
(* A coordinator gives a transaction a timestamp of its own clock, writes  *)
(* it into the ledger, and asks the partition of each item to prepare it.  *)
(* A prepared item carries the transaction's mark: nobody else writes it   *)
(* until the transaction is decided.  The decision is one conditional      *)
(* write of the ledger; then the partitions commit or cancel.              *)
(*                                                                         *)
(*  - Coordinators keep nothing.  One that crashes is one that takes no    *)
(*    step any more; any other one goes on with what the ledger says, even *)
(*    while the first one lives.  So who takes a step is left open here.   *)
(*  - Messages arrive late, often, in any order, or never: a Prepare at    *)
(*    any time after the transaction was begun, a Commit or Cancel at any  *)
(*    time after it was decided.                                           *)
(*  - Clocks are of no account: a timestamp is any number.                 *)
(*  - A partition does each of its steps as an entry of its log, which     *)
(*    module Replication is about: it is never lost and done once.  The    *)
(*    ledger is a table like others.                                       *)
(*                                                                         *)
(* Writes of single items pass by the coordinators; they are in the same   *)
(* order.  What is written does not matter here: an image is named by who  *)
(* made it.  Whether a condition holds is open, so that a prepare may be   *)
(* refused at any time; what it was evaluated on is kept.                  *)
(***************************************************************************)
EXTENDS Naturals, Sequences, FiniteSets

CONSTANTS
    Item,            \* numbers
    Partition(_),    \* of an item
    Transaction,     \* names of transactions of several items
    Action(_, _),    \* what a transaction does with an item: "PUT", "DELETE", "CHECK" or "NOTHING"
    SingleWrite,     \* names of writes of a single item
    SingleAction(_), \* "PUT" or "DELETE"
    Reader,          \* names of read transactions; each reads all items
    MaxTime          \* bound of the model: the latest timestamp

NONE == "NONE"     \* no transaction
ABSENT == "ABSENT" \* no image: there is no such item

Unread == [image |-> ABSENT, version |-> 0, read |-> FALSE]

ASSUME {NONE, ABSENT} \cap (Transaction \cup SingleWrite) = {}

Max(a, b) == IF a > b THEN a ELSE b

ItemsOf(t) == {i \in Item : Action(t, i) # "NOTHING"}

VARIABLES
    \* ---- partitions
    image,      \* by item: who made it, or ABSENT
    timestamp,  \* by item: of the last write, or of the last transaction that checked it
    mark,       \* by item: the transaction that has prepared it, or NONE
    maxDelete,  \* by partition: the latest timestamp of what left no item behind
    \* ---- the ledger
    ledger,     \* by transaction: NONE, "PENDING", "COMMITTED" or "CANCELLED"
    stamp,      \* by transaction: its timestamp
    completed,  \* transactions of which nothing is left to do, and whose clients were answered
    \* ---- answers
    prepared,   \* <<t, i>>: the item's partition said that it has prepared; until t is decided
    reads,      \* by reader: [stage, first, second]: what each round has read of each item
    \* ---- for the properties
    seen,       \* by transaction and item: the image that it was evaluated on, while it is prepared
    history     \* by item: what took effect on it, in order: [by, time, seen, made]

items == <<image, timestamp, mark, maxDelete>>
vars == <<items, ledger, stamp, completed, prepared, reads, seen, history>>

Init ==
    /\ image = [i \in Item |-> ABSENT]
    /\ timestamp = [i \in Item |-> 0]
    /\ mark = [i \in Item |-> NONE]
    /\ maxDelete = [p \in {Partition(i) : i \in Item} |-> 0]
    /\ ledger = [t \in Transaction |-> NONE]
    /\ stamp = [t \in Transaction |-> 0]
    /\ completed = {}
    /\ prepared = {}
    /\ reads = [r \in Reader |-> [stage |-> "FIRST", first |-> [i \in Item |-> Unread],
                                  second |-> [i \in Item |-> Unread]]]
    /\ seen = [t \in Transaction |-> [i \in Item |-> ABSENT]]
    /\ history = [i \in Item |-> <<>>]

(***************************************************************************)
(* Partitions.                                                             *)
(***************************************************************************)
(* What no later write may be below: the item's own timestamp, and where there is no item, that  *)
(* of whatever was deleted.                                                                      *)
Floor(i) == IF image[i] = ABSENT THEN maxDelete[Partition(i)] ELSE timestamp[i]

(* An item that was only checked gets the transaction's timestamp as well: nothing may take      *)
(* effect before the check any more.                                                             *)
MovesTime(action) == TRUE

(* What leaves no item behind raises the time of deletes, since nothing else could remember it.  *)
MaxDeleteAfter(i, action, time) == Max(maxDelete[Partition(i)], time)

(* An item is now what `by' made of it at that time.                                             *)
TakesEffect(i, by, action, time, evaluatedOn) ==
    LET made == CASE action = "PUT" -> by
                  [] action = "DELETE" -> ABSENT
                  [] action = "CHECK" -> image[i]
    IN  /\ image' = [image EXCEPT ![i] = made]
        /\ timestamp' = IF made = ABSENT THEN [timestamp EXCEPT ![i] = 0]
                        ELSE IF MovesTime(action) THEN [timestamp EXCEPT ![i] = time]
                        ELSE timestamp
        /\ maxDelete' = IF made = ABSENT
                        THEN [maxDelete EXCEPT ![Partition(i)] = MaxDeleteAfter(i, action, time)]
                        ELSE maxDelete
        /\ history' = [history EXCEPT ![i] = Append(@,
               [by |-> by, time |-> time, seen |-> evaluatedOn, made |-> made])]

IsFree(i) == mark[i] = NONE

IsLater(t, i) == stamp[t] > Floor(i)

(* A Prepare arrives, perhaps long after all is over.  Where there is no item, the mark stands   *)
(* alone.  A refusal needs no step: a coordinator may give up at any time.                       *)
OnPrepare(t, i) ==
    /\ ledger[t] # NONE
    /\ IsFree(i)
    /\ IsLater(t, i)
    /\ mark' = [mark EXCEPT ![i] = t]
    /\ seen' = [seen EXCEPT ![t][i] = image[i]]
    /\ prepared' = IF ledger[t] = "PENDING" THEN prepared \cup {<<t, i>>} ELSE prepared
    /\ UNCHANGED <<image, timestamp, maxDelete, ledger, stamp, completed, reads, history>>

(* Whether an item is still the transaction's to change.  A Commit or Cancel that comes again    *)
(* finds that it is not, does nothing, and is told so: that is as good an answer as the first.   *)
IsMarked(t, i) == mark[i] = t

OnCommit(t, i) ==
    /\ ledger[t] = "COMMITTED"
    /\ IsMarked(t, i)
    /\ TakesEffect(i, t, Action(t, i), stamp[t], seen[t][i])
    /\ mark' = [mark EXCEPT ![i] = IF @ = t THEN NONE ELSE @]
    /\ seen' = [seen EXCEPT ![t][i] = ABSENT]
    /\ UNCHANGED <<ledger, stamp, completed, prepared, reads>>

(* Also where the transaction was completed: the mark is that of a Prepare which came later      *)
(* still.  What is in the ledger no more is as if it were cancelled.                             *)
MayCancel(t) == ledger[t] = "CANCELLED" \/ t \in completed

OnCancel(t, i) ==
    /\ MayCancel(t)
    /\ mark[i] = t
    /\ mark' = [mark EXCEPT ![i] = NONE]
    /\ seen' = [seen EXCEPT ![t][i] = ABSENT]
    /\ UNCHANGED <<image, timestamp, maxDelete, ledger, stamp, completed, prepared, reads, history>>

(* A write of one item is refused where there is a mark, and is later than all before it.  A     *)
(* delete of what is not there is no write.                                                      *)
MayPass(i) == mark[i] = NONE

Earliest(i) == 1 + Max(timestamp[i], maxDelete[Partition(i)])

Write(w, i, time) ==
    /\ \A j \in Item : \A n \in 1..Len(history[j]) : history[j][n].by # w
    /\ MayPass(i)
    /\ SingleAction(w) = "DELETE" => image[i] # ABSENT
    /\ time >= Earliest(i)
    /\ TakesEffect(i, w, SingleAction(w), time, image[i])
    /\ UNCHANGED <<mark, ledger, stamp, completed, prepared, reads, seen>>

(***************************************************************************)
(* Coordinators.                                                           *)
(***************************************************************************)
Begin(t, time) ==
    /\ ledger[t] = NONE
    /\ ledger' = [ledger EXCEPT ![t] = "PENDING"]
    /\ stamp' = [stamp EXCEPT ![t] = time]
    /\ UNCHANGED <<items, completed, prepared, reads, seen, history>>

(* The one point where a transaction is decided: a write of the ledger on condition that nobody  *)
(* has decided it.                                                                               *)
MayDecide(t) == ledger[t] = "PENDING"

ArePrepared(t) == \A i \in ItemsOf(t) : <<t, i>> \in prepared

Decide(t, outcome) ==
    /\ MayDecide(t)
    /\ ledger' = [ledger EXCEPT ![t] = outcome]
    /\ prepared' = {p \in prepared : p[1] # t}
    /\ UNCHANGED <<items, stamp, completed, reads, seen, history>>

DecideCommit(t) == ArePrepared(t) /\ Decide(t, "COMMITTED")

(* A prepare was refused, or it takes too long, or this is another coordinator, which found the  *)
(* transaction in the ledger or was told of a mark that is old.                                  *)
DecideCancel(t) == Decide(t, "CANCELLED")

(* All partitions have said that they have committed: the client is answered.  Of a transaction  *)
(* that was cancelled it may be answered before, since nothing has taken effect: whatever mark   *)
(* is left, a late Prepare could bring it back anyway.                                           *)
IsDoneEverywhere(t) == ledger[t] = "CANCELLED" \/ \A i \in ItemsOf(t) : mark[i] # t

Complete(t) ==
    /\ ledger[t] \in {"COMMITTED", "CANCELLED"}
    /\ t \notin completed
    /\ IsDoneEverywhere(t)
    /\ completed' = completed \cup {t}
    /\ UNCHANGED <<items, ledger, stamp, prepared, reads, seen, history>>

(***************************************************************************)
(* Read transactions: two rounds without a write.  A single read is        *)
(* answered always, with the image; it needs no step here.                 *)
(***************************************************************************)
(* What a reader compares: the timestamp of the item, or where there is none, of deletes.        *)
Version(i) == Floor(i)

Found(i) == [image |-> image[i], version |-> Version(i), read |-> TRUE]

(* Both rounds read only what nobody has prepared.                                               *)
MayRead(i) == mark[i] = NONE

ReadFirst(r, i) ==
    /\ reads[r].stage = "FIRST"
    /\ reads[r].first[i] = Unread
    /\ MayRead(i)
    /\ reads' = [reads EXCEPT ![r].first[i] = Found(i)]
    /\ UNCHANGED <<items, ledger, stamp, completed, prepared, seen, history>>

ReadAgain(r) ==
    /\ reads[r].stage = "FIRST"
    /\ \A i \in Item : reads[r].first[i] # Unread
    /\ reads' = [reads EXCEPT ![r].stage = "SECOND"]
    /\ UNCHANGED <<items, ledger, stamp, completed, prepared, seen, history>>

IsUnchanged(r, i) == Version(i) = reads[r].first[i].version

ReadSecond(r, i) ==
    /\ reads[r].stage = "SECOND"
    /\ reads[r].second[i] = Unread
    /\ MayRead(i)
    /\ IsUnchanged(r, i)
    /\ reads' = [reads EXCEPT ![r].second[i] = Found(i)]
    /\ UNCHANGED <<items, ledger, stamp, completed, prepared, seen, history>>

(***************************************************************************)
(* The behaviour.                                                          *)
(***************************************************************************)
Next ==
    \/ \E t \in Transaction :
         \/ \E time \in 1..MaxTime : Begin(t, time)
         \/ DecideCommit(t)
         \/ DecideCancel(t)
         \/ Complete(t)
         \/ \E i \in ItemsOf(t) : OnPrepare(t, i) \/ OnCommit(t, i) \/ OnCancel(t, i)
    \/ \E w \in SingleWrite, i \in Item, time \in 1..MaxTime : Write(w, i, time)
    \/ \E r \in Reader : ReadAgain(r) \/ \E i \in Item : ReadFirst(r, i) \/ ReadSecond(r, i)

Spec == Init /\ [][Next]_vars

(* Somebody looks after marks, and after what the ledger has as not completed.                   *)
Resolve(t, i) == OnCommit(t, i) \/ OnCancel(t, i)

FairSpec ==
    /\ Spec
    /\ \A t \in Transaction :
         /\ WF_vars(DecideCancel(t))
         /\ WF_vars(Complete(t))
         /\ \A i \in Item : WF_vars(Resolve(t, i))

(***************************************************************************)
(* What must hold.                                                         *)
(***************************************************************************)
TypeOK ==
    /\ \A i \in Item :
         /\ image[i] \in Transaction \cup SingleWrite \cup {ABSENT}
         /\ mark[i] \in Transaction \cup {NONE}
         /\ mark[i] # NONE => i \in ItemsOf(mark[i])
    /\ \A t \in Transaction : stamp[t] \in 0..MaxTime

(* Whatever has taken effect, done in the order of its timestamps, would have been evaluated on  *)
(* exactly what it was evaluated on.                                                             *)
Serializability ==
    \A i \in Item : \A n \in 1..Len(history[i]) :
        /\ n > 1 => history[i][n].time > history[i][n - 1].time
        /\ history[i][n].seen = IF n = 1 THEN ABSENT ELSE history[i][n - 1].made

Effects(t, i) == {n \in 1..Len(history[i]) : history[i][n].by = t}
TookEffect(t) == {i \in Item : Effects(t, i) # {}}

(* All of it once, or nothing: what has begun to take effect can end only as a whole.            *)
Atomicity ==
    \A t \in Transaction :
        /\ \A i \in Item : Cardinality(Effects(t, i)) <= 1
        /\ TookEffect(t) # {} =>
             \A i \in ItemsOf(t) \ TookEffect(t) : mark[i] = t /\ ledger[t] = "COMMITTED"

(* What a client was told has taken effect has; what it was told has not, never will.            *)
NoAcknowledgedTransactionLost ==
    \A t \in completed :
        /\ ledger[t] = "COMMITTED" => TookEffect(t) = ItemsOf(t)
        /\ ledger[t] = "CANCELLED" => TookEffect(t) = {}

HasRead(r) == \A i \in Item : reads[r].second[i] # Unread

Shows(i, n, found) == found = IF n = 0 THEN ABSENT ELSE history[i][n].made

(* The reader fits between what took effect: there is a point in the history of each item, where *)
(* it shows what was read, such that what is before these points is closed under coming before.  *)
Before(S) == S \cup {x \in Transaction \cup SingleWrite : \E i \in Item :
    \E n, m \in 1..Len(history[i]) : n < m /\ history[i][n].by = x /\ history[i][m].by \in S}

IsClosed(point) ==
    LET before == UNION {{history[i][n].by : n \in 1..point[i]} : i \in Item}
        needed == Before(Before(Before(before)))
    IN  \A i \in Item : \A n \in 1..Len(history[i]) :
            history[i][n].by \in needed => n <= point[i]

ReadsAreSerializable ==
    \A r \in Reader : HasRead(r) =>
        \E point \in [Item -> 0..Cardinality(Transaction \cup SingleWrite)] :
            /\ \A i \in Item :
                 /\ point[i] <= Len(history[i])
                 /\ Shows(i, point[i], reads[r].second[i].image)
            /\ IsClosed(point)

(* No item stays prepared.                                                                       *)
NothingStaysPrepared == \A i \in Item : []<>(mark[i] = NONE)

(* Whoever began a transaction is told how it ended.                                             *)
EveryTransactionEnds == \A t \in Transaction : ledger[t] = "PENDING" ~> t \in completed
=============================================================================
