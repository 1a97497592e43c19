/**
 * The stream behind the wallboards: what all boards show, asked for once, written once, and given to each of them.
 *
 * <pre>
 *   GET /v1/wallboard/stream -> BoardView     what a board shows
 *   Wallboard                                 one thread: a round of questions a second, an outlook every ten, alerts
 *     Round, Outlook                          each question once, whoever needs the answer; a Pace says how often
 *     BoardFeed                               one view: its newest frames, the same bytes for all its boards
 *       BoardClient                           one board: takes the newest frames when its connection has room
 * </pre>
 *
 * Every frame is whole: a board that missed some needs the newest one only, so a slow board is sent less and keeps nobody
 * waiting, and a board that comes back has everything at once. While nobody listens, nothing is asked. All state is the wallboard's thread's; only {@link io.tocsin.http.wallboard.BoardClient} is shared, with the web
 * server's threads, and locks itself.
 */
package io.tocsin.http.wallboard;
