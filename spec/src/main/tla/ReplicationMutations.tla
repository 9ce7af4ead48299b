------------------------ MODULE ReplicationMutations ------------------------
(***************************************************************************)
(* Mistakes one could make, each in the place of one definition of         *)
(* Replication.  A configuration in mutations/ makes one of them, and TLC  *)
(* must reject it.                                                         *)
(***************************************************************************)
EXTENDS ReplicationModel

(* In the place of Init, where a mistake shows late: two leaders wrote something to their own    *)
(* disks, in ballots 1 and 2, and left it at that.                                               *)
TwoHaveLed(firstLog, secondLog) ==
    LET logs == <<firstLog, secondLog, <<>>>>
        promisedTo == IF secondLog = <<>> THEN <<1, 1, NONE>> ELSE <<1, 2, 2>>
        promise(r, b) == [from |-> r, ballot |-> b, lastLsn |-> 0, lastBallot |-> NONE,
                          trimmedLsn |-> 0]
    IN  /\ promised = promisedTo
        /\ log = logs
        /\ base = [r \in Replica |-> 0]
        /\ committed = [r \in Replica |-> 0]
        /\ held = [r \in Replica |-> Len(logs[r])]
        /\ disk = [r \in Replica |-> [promised |-> promisedTo[r], log |-> logs[r], base |-> 0]]
        /\ unsynced = [r \in Replica |-> <<>>]
        /\ flushed = [r \in Replica |-> 0]
        /\ campaign = [r \in Replica |-> NoCampaign]
        /\ leads = [r \in Replica |-> NONE]
        /\ holds = [r \in Replica |-> {}]
        /\ prepared = {1} \cup {b \in {2} : secondLog # <<>>}
        /\ promises = {promise(1, 1), promise(2, 1)}
                      \cup {promise(r, 2) : r \in {x \in {2, 3} : secondLog # <<>>}}
        /\ proposed = [b \in Ballot |-> IF b <= 2 THEN logs[b] ELSE <<>>]
        /\ sentAbove = [b \in Ballot |-> 0]
        /\ announced = [b \in Ballot |-> 0]
        /\ trims = [b \in Ballot |-> 0]
        /\ accepted = [r \in Replica |-> [b \in Ballot |-> IF r = b THEN Len(logs[r]) ELSE 0]]
        /\ acknowledged = {}

BothWroteOneEntry == TwoHaveLed(<<1>>, <<2>>)
OneWroteTwoEntries == TwoHaveLed(<<1, 1>>, <<>>)

(* MayCommit: copies of any entry are counted, those of earlier ballots included.                *)
CommitsEarlierBallotsByCounting(b, lsn) ==
    {r \in Replica : accepted[r][b] >= lsn} \in Quorum

(* MayCommit: one copy is enough.                                                                *)
CommitsWithoutQuorum(b, lsn) ==
    lsn >= BallotStart(b) /\ \E r \in Replica : accepted[r][b] >= lsn

(* HoldsPrevious: an acceptor takes an entry on top of whatever it has.                          *)
AcceptsOnAnyPredecessor(r, b, previous) == previous <= Len(log[r])

(* MayAccept: an acceptor forgets what it has promised.                                          *)
AcceptsBelowItsPromise(r, b) == TRUE

(* IsBetter: the longest log wins, whatever its last ballot.                                     *)
AdoptsTheLongestLog(p, q) == p.lastLsn > q.lastLsn

(* Merged: entry by entry the higher ballot stays, so that the log adopted is a mixture.         *)
AdoptsEntryByEntry(r, previous, entries) ==
    LET end == previous + Len(entries)
    IN  [lsn \in 1..Max(end, Len(log[r])) |->
            IF lsn <= previous \/ lsn > end THEN log[r][lsn]
            ELSE IF lsn > Len(log[r]) THEN entries[lsn - previous]
            ELSE Max(log[r][lsn], entries[lsn - previous])]

(* Persist: answers leave before what they say is on disk.                                       *)
AnswersBeforeTheDisk(r, state, lsn) ==
    /\ unsynced' = [unsynced EXCEPT ![r] = Append(@, [state |-> state, held |-> lsn])]
    /\ SendDurable(r, state, lsn)
    /\ UNCHANGED disk

(* MayServe: a leader reads before an entry of its own ballot is committed.                      *)
ServesBeforeItsBallotStart(l) == leads[l] # NONE /\ HoldsLease(l)

(* BoundByLease: a member promises whomever asks.                                                *)
PromisesInSpiteOfItsGrant(r, candidate) == FALSE

(* TrimTo: the log is cut up to what was applied, flushed or not.                                *)
CutsWhatIsNotFlushed(r, lsn, committedLsn) == Max(base[r], Min(lsn, committedLsn))

(* FlushedByTwo: one flushed store is enough to cut all logs.                                    *)
CutsWhatOneHasFlushed == CHOOSE lsn \in {flushed[r] : r \in Storage} :
    \A r \in Storage : flushed[r] <= lsn

(* Helps: a late snapshot replaces a log that has got past it.                                   *)
InstallsLateSnapshots(r, lsn) == leads[r] = NONE
=============================================================================
