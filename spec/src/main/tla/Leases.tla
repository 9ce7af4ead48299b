------------------------------- MODULE Leases -------------------------------
(***************************************************************************)
(* The leases of Stator, with clocks: why, whenever a leader of module     *)
(* Replication relies on the grant of a follower, that follower is bound.  *)
(*                                                                         *)
(* Heartbeats run between pairs of nodes, for all groups together.  An     *)
(* answer to one is the answerer's word that for a lease, on its clock, no *)
(* group that it counts in promises a ballot of anybody else.  A replica   *)
(* counts its group in with an Accepted that says so, for one ballot, and  *)
(* out by a promise; every answer names what was counted out until the     *)
(* leader has seen it.  A node that restarts has forgotten what it granted *)
(* and is silent for one lease.                                            *)
(*                                                                         *)
(* Clocks of two machines are never compared.  In one step of real time    *)
(* (Tick) each clock goes on by a number of ticks between Slow and Fast, of *)
(* its own choice and another one each time.  A grant binds for LeaseTicks *)
(* of the granter's clock; the leader relies on it for LeaderLeaseTicks of *)
(* its own, counted from the moment when it sent the heartbeat.            *)
(*                                                                         *)
(* There is one group here.  Its log is left out: a leader is elected by   *)
(* the promises of a quorum, and an Accept says no more than its ballot.   *)
(* Promises are durable when they are made: one that is forgotten by a     *)
(* crash was never sent.  Messages once sent stay: they may arrive late,   *)
(* in any order, often, or never.                                          *)
(***************************************************************************)
EXTENDS Naturals, FiniteSets

CONSTANTS
    Node,           \* numbers; every node has a member of the group
    Ballot,         \* 1..n
    Owner(_),       \* who owns a ballot
    Links,          \* pairs <<l, m>>: l sends heartbeats to m
    LeaseTicks,     \* how long a grant binds its granter
    Slow, Fast,     \* the fewest and the most ticks of a clock in one step of real time
    MaxSequence,    \* bound of the model: heartbeats of one run over one link
    MaxAnswers,     \* bound of the model: answers of one run over one link
    MaxIncarnation, \* bound of the model: runs of one node
    Restarting      \* bound of the model: nodes that restart

NONE == 0
NOT_WITHDRAWN == 0
NOT_TOLD == 1 \* withdrawn, and no answer has named it; numbers of answers are above

Max(a, b) == IF a > b THEN a ELSE b
Less(a, b) == IF a > b THEN a - b ELSE 0
Quorum == {Q \in SUBSET Node : 2 * Cardinality(Q) > Cardinality(Node)}

(* Timing.leaderLeaseNanos: with rates within 1 - d and 1 + d, lease * (1 - d) / (1 + d).        *)
LeaderLeaseTicks == (LeaseTicks * Slow) \div Fast

VARIABLES
    incarnation,   \* the present run of each node
    silence,       \* ticks for which a node that restarted promises and counts in nothing
    promised,      \* on disk
    promisedBy,    \* by ballot: who has sent a Promise
    \* ---- leaders
    leads,         \* the ballot in which a node leads, or NONE
    ledBy,         \* by ballot: the run of its owner that leads or led in it; 0 where none did
    ceded,         \* ballots whose leader has said that it left its office
    grantOf,       \* Progress.grantIncarnation, by leader and follower
    withdrawnBy,   \* Progress.withdrawnIncarnation, by leader and follower
    \* ---- followers
    countedIn,     \* [ballot, run]: the group counts into the grant to the ballot's owner
    \* ---- PeerLink: what the first node keeps of the second one
    peerRun,       \* the latest run heard of
    sent,          \* by sequence: ticks since the heartbeat was sent; counted up to the lease
    lastSequence,  \* of the heartbeats sent
    lastAnswerSeen,\* the highest number of an answer that was processed
    leaseLeft,     \* ticks for which the grant that this node holds can be relied upon
    grantLeft,     \* ticks for which the grant that this node gave binds it
    nextAnswer,    \* the number of the next answer
    withdrawn,     \* by ballot: the number of the answer that first named it
    \* ---- messages
    accepteds,     \* <<from, ballot, grantIncarnation>>
    heartbeats,
    answers

group == <<promised, promisedBy, leads, ledBy, ceded, grantOf, withdrawnBy, countedIn, accepteds>>
links == <<peerRun, sent, lastSequence, lastAnswerSeen, leaseLeft, grantLeft, nextAnswer, withdrawn,
           heartbeats, answers>>
vars == <<incarnation, silence, group, links>>

(* Answers of a run are numbered above those of all earlier ones.                                *)
FirstAnswer(run) == NOT_TOLD + (run - 1) * MaxAnswers + 1

SilenceAfterRestart == LeaseTicks

Init ==
    /\ incarnation = [n \in Node |-> 1]
    /\ silence = [n \in Node |-> 0]
    /\ promised = [n \in Node |-> NONE]
    /\ promisedBy = [b \in Ballot |-> {}]
    /\ leads = [n \in Node |-> NONE]
    /\ ledBy = [b \in Ballot |-> 0]
    /\ ceded = {}
    /\ grantOf = [l \in Node |-> [m \in Node |-> 0]]
    /\ withdrawnBy = [l \in Node |-> [m \in Node |-> 0]]
    /\ countedIn = [n \in Node |-> [ballot |-> NONE, run |-> 0]]
    /\ peerRun = [n \in Node |-> [m \in Node |-> 0]]
    /\ sent = [l \in Links |-> [s \in 1..MaxSequence |-> 0]]
    /\ lastSequence = [l \in Links |-> 0]
    /\ lastAnswerSeen = [l \in Links |-> 0]
    /\ leaseLeft = [l \in Links |-> 0]
    /\ grantLeft = [l \in Links |-> 0]
    /\ nextAnswer = [l \in Links |-> FirstAnswer(1)]
    /\ withdrawn = [l \in Links |-> [b \in Ballot |-> NOT_WITHDRAWN]]
    /\ accepteds = {}
    /\ heartbeats = {}
    /\ answers = {}

(***************************************************************************)
(* Time, and the end of a run.                                             *)
(***************************************************************************)
Tick ==
    \E rate \in [Node -> Slow..Fast] :
        /\ silence' = [n \in Node |-> Less(silence[n], rate[n])]
        /\ leaseLeft' = [l \in Links |-> Less(leaseLeft[l], rate[l[1]])]
        /\ grantLeft' = [l \in Links |-> Less(grantLeft[l], rate[l[2]])]
        /\ sent' = [l \in Links |-> [s \in 1..MaxSequence |->
               IF s > lastSequence[l] THEN 0
               ELSE IF sent[l][s] + rate[l[1]] > LeaseTicks THEN LeaseTicks
               ELSE sent[l][s] + rate[l[1]]]]
        /\ UNCHANGED <<incarnation, group, peerRun, lastSequence, lastAnswerSeen, nextAnswer,
                       withdrawn, heartbeats, answers>>

Restart(n) ==
    /\ n \in Restarting
    /\ incarnation[n] < MaxIncarnation
    /\ incarnation' = [incarnation EXCEPT ![n] = @ + 1]
    /\ silence' = [silence EXCEPT ![n] = SilenceAfterRestart]
    /\ leads' = [leads EXCEPT ![n] = NONE]
    /\ grantOf' = [grantOf EXCEPT ![n] = [m \in Node |-> 0]]
    /\ withdrawnBy' = [withdrawnBy EXCEPT ![n] = [m \in Node |-> 0]]
    /\ countedIn' = [countedIn EXCEPT ![n] = [ballot |-> NONE, run |-> 0]]
    /\ peerRun' = [peerRun EXCEPT ![n] = [m \in Node |-> 0]]
    /\ sent' = [l \in Links |-> IF l[1] = n THEN [s \in 1..MaxSequence |-> 0] ELSE sent[l]]
    /\ lastSequence' = [l \in Links |-> IF l[1] = n THEN 0 ELSE lastSequence[l]]
    /\ lastAnswerSeen' = [l \in Links |-> IF l[1] = n THEN 0 ELSE lastAnswerSeen[l]]
    /\ leaseLeft' = [l \in Links |-> IF l[1] = n THEN 0 ELSE leaseLeft[l]]
    /\ grantLeft' = [l \in Links |-> IF l[2] = n THEN 0 ELSE grantLeft[l]]
    /\ nextAnswer' = [l \in Links |->
           IF l[2] = n THEN FirstAnswer(incarnation[n] + 1) ELSE nextAnswer[l]]
    /\ withdrawn' = [l \in Links |->
           IF l[2] = n THEN [b \in Ballot |-> NOT_WITHDRAWN] ELSE withdrawn[l]]
    /\ UNCHANGED <<promised, promisedBy, ledBy, ceded, accepteds, heartbeats, answers>>

(***************************************************************************)
(* Heartbeats.                                                             *)
(***************************************************************************)
(* PeerLink.hear: the words of an earlier run count no more.                                      *)
IsHeard(n, peer, run) == run >= peerRun[n][peer]

Hear(n, peer, run) ==
    peerRun' = [peerRun EXCEPT ![n][peer] = run]

(* Leases.onTick, PeerLink.heartbeat.                                                            *)
Heartbeat(l, m) ==
    LET link == <<l, m>>
        sequence == lastSequence[link] + 1
    IN  /\ sequence <= MaxSequence
        /\ lastSequence' = [lastSequence EXCEPT ![link] = sequence]
        /\ sent' = [sent EXCEPT ![link][sequence] = 0]
        /\ heartbeats' = heartbeats \cup
               {[link |-> link, run |-> incarnation[l], sequence |-> sequence,
                 lastAnswerSeen |-> lastAnswerSeen[link]]}
        /\ UNCHANGED <<incarnation, silence, group, peerRun, lastAnswerSeen, leaseLeft, grantLeft,
                       nextAnswer, withdrawn, answers>>

(* PeerLink.drop: what the leader has seen needs no naming any more.                             *)
StillWithdrawn(link, seen) == [b \in Ballot |->
    IF withdrawn[link][b] > NOT_TOLD /\ withdrawn[link][b] <= seen
    THEN NOT_WITHDRAWN ELSE withdrawn[link][b]]

(* The first heartbeat of a run makes nothing forgotten: what was withdrawn before may have been *)
(* led by that very run, whose Accept came first.                                                *)
KeptFor(link, heartbeat) == StillWithdrawn(link, heartbeat.lastAnswerSeen)

(* PeerLink.take: what an answer names.                                                          *)
Named(still) == {b \in Ballot : still[b] # NOT_WITHDRAWN}

(* PeerLink.answer: the grant is renewed.                                                        *)
OnHeartbeat(heartbeat) ==
    LET link == heartbeat.link
        m == link[2]
        number == nextAnswer[link]
        kept == KeptFor(link, heartbeat)
    IN  /\ IsHeard(m, link[1], heartbeat.run)
        /\ number < FirstAnswer(incarnation[m]) + MaxAnswers
        /\ Hear(m, link[1], heartbeat.run)
        /\ nextAnswer' = [nextAnswer EXCEPT ![link] = number + 1]
        /\ grantLeft' = [grantLeft EXCEPT ![link] = LeaseTicks]
        /\ withdrawn' = [withdrawn EXCEPT ![link] = [b \in Ballot |->
               IF kept[b] = NOT_TOLD THEN number ELSE kept[b]]]
        /\ answers' = answers \cup
               {[link |-> link, run |-> incarnation[m], leaderRun |-> heartbeat.run,
                 sequence |-> heartbeat.sequence, number |-> number, withdrawn |-> Named(kept)]}
        /\ UNCHANGED <<incarnation, silence, group, sent, lastSequence, lastAnswerSeen, leaseLeft,
                       heartbeats>>

(* For how long a leader relies on the answer to a heartbeat that it sent some ticks ago.        *)
ReliesFor(ticksAgo) == Less(LeaderLeaseTicks, ticksAgo)

(* Leases.onMessage, PeerLink.takeAnswer, Leadership.onWithdrawn.                                *)
OnHeartbeatAnswer(answer) ==
    LET link == answer.link
        l == link[1]
        m == link[2]
        later == answer.run > peerRun[l][m]
        given == ReliesFor(sent[link][answer.sequence])
        ends == leads[l] # NONE /\ leads[l] \in answer.withdrawn
    IN  /\ answer.leaderRun = incarnation[l]
        /\ IsHeard(l, m, answer.run)
        /\ Hear(l, m, answer.run)
        /\ grantOf' = IF ends THEN [grantOf EXCEPT ![l][m] = 0] ELSE grantOf
        /\ withdrawnBy' = IF ends THEN [withdrawnBy EXCEPT ![l][m] = answer.run] ELSE withdrawnBy
        /\ lastAnswerSeen' = [lastAnswerSeen EXCEPT ![link] =
               IF later THEN answer.number ELSE Max(@, answer.number)]
        /\ leaseLeft' = [leaseLeft EXCEPT ![link] = IF later THEN given ELSE Max(@, given)]
        /\ UNCHANGED <<incarnation, silence, promised, promisedBy, leads, ledBy, ceded, countedIn,
                       accepteds, sent, lastSequence, grantLeft, nextAnswer, withdrawn, heartbeats,
                       answers>>

(***************************************************************************)
(* The group.                                                              *)
(***************************************************************************)
HoldsGrantOf(l, m) ==
    /\ <<l, m>> \in Links
    /\ grantOf[l][m] # 0
    /\ peerRun[l][m] = grantOf[l][m]
    /\ leaseLeft[<<l, m>>] > 0

HoldsLease(l) == leads[l] # NONE /\ ({l} \cup {m \in Node : HoldsGrantOf(l, m)}) \in Quorum

(* Leases.grants: a later run of the leader relies on nothing that was granted to this one.      *)
Grants(m, holder, run) ==
    /\ <<holder, m>> \in Links
    /\ peerRun[m][holder] <= run
    /\ grantLeft[<<holder, m>>] > 0

BoundByLease(m, candidate) ==
    \/ silence[m] > 0
    \/ LET holder == Owner(countedIn[m].ballot)
       IN  /\ countedIn[m].ballot # NONE
           /\ holder # candidate
           /\ Grants(m, holder, countedIn[m].run)

(* Acceptor.promise: the group is counted out, and that will be named.                           *)
Promise(m, b) ==
    LET old == countedIn[m].ballot
        link == <<Owner(old), m>>
    IN  /\ promised' = [promised EXCEPT ![m] = b]
        /\ leads' = [leads EXCEPT ![m] = NONE]
        /\ ceded' = IF leads[m] # NONE THEN ceded \cup {leads[m]} ELSE ceded
        /\ grantOf' = [grantOf EXCEPT ![m] = [n \in Node |-> 0]]
        /\ withdrawnBy' = [withdrawnBy EXCEPT ![m] = [n \in Node |-> 0]]
        /\ withdrawn' = IF old # NONE /\ link \in Links /\ withdrawn[link][old] = NOT_WITHDRAWN
                        THEN [withdrawn EXCEPT ![link][old] = NOT_TOLD] ELSE withdrawn

(* Campaign.prepare at the owner, ReplicationGroup.onPrepare at the others, whom it reaches.     *)
OnPrepare(m, b) ==
    LET c == Owner(b)
    IN  /\ b > promised[m]
        /\ m = c \/ c \in promisedBy[b]
        /\ ~BoundByLease(m, c)
        /\ m # c => ~HoldsLease(m)
        /\ Promise(m, b)
        /\ countedIn' = [countedIn EXCEPT ![m] = [ballot |-> NONE, run |-> 0]]
        /\ promisedBy' = [promisedBy EXCEPT ![b] = @ \cup {m}]
        /\ UNCHANGED <<incarnation, silence, ledBy, accepteds, peerRun, sent, lastSequence,
                       lastAnswerSeen, leaseLeft, grantLeft, nextAnswer, heartbeats, answers>>

(* A quorum has promised: the candidate leads.                                                   *)
Lead(c) ==
    LET b == promised[c]
    IN  /\ b # NONE
        /\ Owner(b) = c
        /\ ledBy[b] = 0
        /\ promisedBy[b] \in Quorum
        /\ leads' = [leads EXCEPT ![c] = b]
        /\ ledBy' = [ledBy EXCEPT ![b] = incarnation[c]]
        /\ UNCHANGED <<incarnation, silence, promised, promisedBy, ceded, grantOf, withdrawnBy,
                       countedIn, accepteds, links>>

(* An Accept of an elected leader: no lease forbids to follow it.  The group is counted in,      *)
(* unless the node is silent, and the Accepted says so.                                          *)
OnAccept(m, b) ==
    LET counts == silence[m] = 0
    IN  /\ ledBy[b] # 0
        /\ m # Owner(b)
        /\ b >= promised[m]
        /\ IF b > promised[m]
           THEN Promise(m, b)
           ELSE UNCHANGED <<promised, leads, ceded, grantOf, withdrawnBy, withdrawn>>
        /\ countedIn' = [countedIn EXCEPT ![m] =
               IF counts THEN [ballot |-> b, run |-> ledBy[b]]
               ELSE IF b > promised[m] THEN [ballot |-> NONE, run |-> 0]
               ELSE @]
        /\ accepteds' = accepteds \cup
               {<<m, b, IF countedIn'[m].ballot = b THEN incarnation[m] ELSE 0>>}
        /\ UNCHANGED <<incarnation, silence, promisedBy, ledBy, peerRun, sent, lastSequence,
                       lastAnswerSeen, leaseLeft, grantLeft, nextAnswer, heartbeats, answers>>

(* Leadership.onAccepted: what a run has withdrawn it does not give back.                        *)
OnAccepted(l, m, run) ==
    /\ leads[l] # NONE
    /\ <<m, leads[l], run>> \in accepteds
    /\ run # grantOf[l][m]
    /\ run = 0 \/ run > withdrawnBy[l][m]
    /\ grantOf' = [grantOf EXCEPT ![l][m] = run]
    /\ UNCHANGED <<incarnation, silence, promised, promisedBy, leads, ledBy, ceded, withdrawnBy,
                   countedIn, accepteds, links>>

(* ReplicationGroup.resign.                                                                      *)
Resign(l) ==
    /\ leads[l] # NONE
    /\ leads' = [leads EXCEPT ![l] = NONE]
    /\ ceded' = ceded \cup {leads[l]}
    /\ grantOf' = [grantOf EXCEPT ![l] = [n \in Node |-> 0]]
    /\ withdrawnBy' = [withdrawnBy EXCEPT ![l] = [n \in Node |-> 0]]
    /\ UNCHANGED <<incarnation, silence, promised, promisedBy, ledBy, countedIn, accepteds, links>>

(* ReplicationGroup.onCeded: the leader of the ballot relies on no lease any more.               *)
OnCeded(m) ==
    /\ countedIn[m].ballot \in ceded
    /\ countedIn' = [countedIn EXCEPT ![m] = [ballot |-> NONE, run |-> 0]]
    /\ UNCHANGED <<incarnation, silence, promised, promisedBy, leads, ledBy, ceded, grantOf,
                   withdrawnBy, accepteds, links>>

Next ==
    \/ Tick
    \/ \E n \in Node : Restart(n) \/ Lead(n) \/ Resign(n) \/ OnCeded(n)
    \/ \E link \in Links : Heartbeat(link[1], link[2])
    \/ \E heartbeat \in heartbeats : OnHeartbeat(heartbeat)
    \/ \E answer \in answers : OnHeartbeatAnswer(answer)
    \/ \E m \in Node, b \in Ballot : OnPrepare(m, b) \/ OnAccept(m, b)
    \/ \E l, m \in Node : \E run \in 0..MaxIncarnation : OnAccepted(l, m, run)

Spec == Init /\ [][Next]_vars

(***************************************************************************)
(* What must hold.                                                         *)
(***************************************************************************)
(* While a leader holds its lease no higher ballot gathers a quorum of promises.                 *)
LeaseExcludesElection ==
    \A l \in Node : HoldsLease(l) =>
        \A b \in Ballot : b > leads[l] => promisedBy[b] \notin Quorum

OneLeaseHolder == \A l, k \in Node : HoldsLease(l) /\ HoldsLease(k) => l = k

(* What module Replication takes for granted: a follower on whom a leader relies has not of its  *)
(* own accord promised a higher ballot of anybody else (BoundByLease there).                     *)
ReliedUponIsBound ==
    \A l, m \in Node : leads[l] # NONE /\ HoldsGrantOf(l, m) =>
        \A b \in Ballot : b > leads[l] /\ Owner(b) # l => m \notin promisedBy[b]
=============================================================================
