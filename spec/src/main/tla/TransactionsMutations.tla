------------------------ MODULE TransactionsMutations ------------------------
(***************************************************************************)
(* Mistakes one could make, each in the place of one definition of         *)
(* Transactions.  A configuration in mutations/ makes one of them, and TLC *)
(* must reject it.                                                         *)
(***************************************************************************)
EXTENDS TransactionsModel

(* IsLater: a transaction is prepared however old it is.                                         *)
PreparesInThePast(t, i) == TRUE

(* IsFree: and in spite of another one's mark.                                                   *)
PreparesOverAMark(i) == TRUE

(* MayPass: a single write passes by a mark.                                                     *)
WritesPassByMarks(i) == TRUE

(* Earliest: a single write goes by its clock alone.                                             *)
WritesGoByTheClock(i) == 1

(* MovesTime: what was only checked keeps its time.                                              *)
ChecksLeaveNoTime(action) == action # "CHECK"

(* MaxDeleteAfter: what is deleted is forgotten.                                                 *)
DeletesLeaveNoTime(i, action, time) ==
    IF action = "DELETE" THEN maxDelete[Partition(i)] ELSE Max(maxDelete[Partition(i)], time)

(* And so is that a transaction has relied on an item's absence.                                 *)
AbsenceLeavesNoTime(i, action, time) ==
    IF action = "CHECK" THEN maxDelete[Partition(i)] ELSE Max(maxDelete[Partition(i)], time)

(* IsMarked: a Commit that comes again takes effect again.                                       *)
CommitsWithoutAMark(t, i) == <<t, i>> \notin prepared

(* ArePrepared: one partition's word is taken for all.                                           *)
CommitsWhenOneIsPrepared(t) == \E i \in ItemsOf(t) : <<t, i>> \in prepared

(* MayDecide: a coordinator that takes over does not look whether it was decided.                *)
DecidesTwice(t) == ledger[t] # NONE /\ t \notin completed

(* IsDoneEverywhere: the client is answered as soon as it is decided.                            *)
AnswersWhenDecided(t) == TRUE

(* MayRead: a read transaction takes what is prepared for what it is.                            *)
ReadsWhatIsPrepared(i) == TRUE

(* IsUnchanged: and does not look again.                                                         *)
ReadsOnce(r, i) == TRUE

(* Version: what is not there looks the same whatever came and went.                             *)
ForgetsWhatCameAndWent(i) == IF image[i] = ABSENT THEN 0 ELSE timestamp[i]

(* Resolve: nobody looks after marks that a coordinator left behind.                             *)
LeavesMarksBehind(t, i) == FALSE
=============================================================================
