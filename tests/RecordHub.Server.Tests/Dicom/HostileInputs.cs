using System.Text;
using NUnit.Framework;
using static RecordHub.Server.Tests.Dicom.RawPdus;

namespace RecordHub.Server.Tests.Dicom;

/// <summary>What strangers, scanners and broken senders say, and what they are told.</summary>
internal static class HostileInputs
{
    private static readonly byte[] s_associate = Associate();
    private static readonly byte[] s_part = Data(3, 0, new byte[20]);

    public static IEnumerable<TestCaseData> All => BeforeAssociation().Concat(InTheRequest()).Concat(Rejected())
        .Concat(InTheAssociation()).Concat(InMessages());

    private static IEnumerable<TestCaseData> BeforeAssociation()
    {
        yield return Aborted("HTTP", 1, Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\nHost: x\r\n\r\n"));
        yield return Aborted("a TLS hello", 1, [0x16, 3, 1, 2, 0, 1, 0, 1, 0xFC, 3, 3]);
        yield return Aborted("SMTP", 1, Encoding.ASCII.GetBytes("EHLO example.org\r\n"));
        yield return Aborted("SSH", 1, Encoding.ASCII.GetBytes("SSH-2.0-OpenSSH_9.6\r\n"));
        yield return Aborted("zeros", 1, new byte[100]);
        yield return Aborted("PDU type 8", 1, Pdu(8, new byte[10]));
        yield return Aborted("PDU type 255", 1, Pdu(0xFF, new byte[10]));
        yield return Aborted("a request of 4 GB", 6, [1, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0, 1]);
        yield return Aborted("a request of 2 GB", 6, [1, 0, 0x7F, 0xFF, 0xFF, 0xFF, 0, 1]);
        yield return Aborted("a request above 60 KiB", 6, [1, 0, 0, 0, 0xF0, 1]);
        yield return Aborted("a request of 4 bytes", 6, Pdu(1, [0, 1, 0, 0]));
        yield return Aborted("data first", 2, Echo());
        yield return Aborted("data of 4 GB first", 2, [4, 0, 0xFF, 0xFF, 0xFF, 0xFF]);
        yield return Aborted("a release first", 2, Release);
        yield return Aborted("a release response first", 2, Pdu(6, [0, 0, 0, 0]));
        yield return Aborted("an acceptance first", 2, Pdu(2, new byte[68]));
        yield return Aborted("a rejection first", 2, Pdu(3, [0, 1, 1, 1]));
        yield return Closed("an abort first", Pdu(7, [0, 0, 0, 0]));
        yield return Closed("an abort of the wrong length", Pdu(7, [0, 0, 0]));
    }

    private static IEnumerable<TestCaseData> InTheRequest()
    {
        yield return Aborted("an item longer than its PDU", 6, Pdu(1, new byte[68], [0x10, 0, 0xFF, 0xFF, 1]));
        yield return Aborted("an item without a length", 6, Pdu(1, new byte[68], [0x10, 0]));
        yield return Aborted("a sub-item longer than its item", 6, Associate(contexts: [Item(0x20, [1, 0, 0, 0, 0x30, 0, 0, 99])]));
        yield return Aborted("a context of two bytes", 6, Associate(contexts: [Item(0x20, [1, 0])]));
        yield return Aborted("context 2", 6, Associate(contexts: [Context(2, Verification)]));
        yield return Aborted("context 0", 6, Associate(contexts: [Context(0, Verification)]));
        yield return Aborted("context 1 twice", 6, Associate(contexts: [Context(1, Verification), Context(1, Ct)]));
        yield return Aborted("two abstract syntaxes", 5, Associate(
            contexts: [Item(0x20, [1, 0, 0, 0], Item(0x30, Text(Ct)), Item(0x30, Text(Mr)))]));
        yield return Aborted("a maximum length of two bytes", 6, Associate(user: [Item(0x51, [0, 1])]));
        yield return Aborted("a maximum length that no data fits in", 6, Associate(user: [MaxLength(7)]));
        yield return Aborted("half a window", 6, Associate(user: [Item(0x53, [0, 1])]));
        yield return Aborted("a role without its class", 6, Associate(user: [Item(0x54, [0, 99, 1, 1])]));
        yield return Aborted("half a user identity", 6, Associate(user: [Item(0x58, [2, 1, 0, 50, 1])]));
    }

    private static IEnumerable<TestCaseData> Rejected()
    {
        yield return Refused("protocol version 0", 1, 2, 2, Associate(version: 0));
        yield return Refused("protocol version 2 alone", 1, 2, 2, Associate(version: 2));
        yield return Refused("another application context", 1, 1, 2, Associate(applicationContext: "1.2.3"));
        yield return Refused("no application context", 1, 1, 2, Associate(applicationContext: null));
        yield return Refused("a wrong called title", 1, 1, 7, Associate(called: "ORTHANC"));
        yield return Refused("an empty called title", 1, 1, 7, Associate(called: string.Empty));
        yield return Refused("a called title in small letters", 1, 1, 7, Associate(called: "recordhub"));
        yield return Refused("an unknown calling title", 1, 1, 3, Associate(calling: "STRANGER"));
        yield return Refused("an empty calling title", 1, 1, 3, Associate(calling: string.Empty));
    }

    private static IEnumerable<TestCaseData> InTheAssociation()
    {
        yield return Aborted("a second request", 2, s_associate, s_associate);
        yield return Aborted("an acceptance of nothing", 2, s_associate, Pdu(2, new byte[68]));
        yield return Aborted("a rejection of nothing", 2, s_associate, Pdu(3, [0, 1, 1, 1]));
        yield return Aborted("a release response of nothing", 2, s_associate, Pdu(6, [0, 0, 0, 0]));
        yield return Aborted("a release of three bytes", 6, s_associate, Pdu(5, [0, 0, 0]));
        yield return Aborted("an unknown PDU", 1, s_associate, Pdu(0x0A, [1]));
        yield return Aborted("data of no length", 6, s_associate, Pdu(4));
        yield return Aborted("data of 4 GB", 6, s_associate, [4, 0, 0xFF, 0xFF, 0xFF, 0xFF]);
        yield return Aborted("data above our limit", 6, s_associate, [4, 0, 0, 4, 0, 1]);
        yield return Aborted("a value longer than its PDU", 6, s_associate, Pdu(4, [0, 0, 0, 99, 3, 3]));
        yield return Aborted("a value of 4 GB", 6, s_associate, Pdu(4, [0xFF, 0xFF, 0xFF, 0xFF, 3, 3]));
        yield return Aborted("a value of no length", 6, s_associate, Pdu(4, [0, 0, 0, 0, 3, 3]));
        yield return Aborted("a value of length 1", 6, s_associate, Pdu(4, [0, 0, 0, 1, 3, 3]));
        yield return Aborted("three bytes after the last value", 6, s_associate, Pdu(4, Value(1, 1, []), [0, 0, 0]));
        yield return Aborted("a context that was not proposed", 6, s_associate, Data(9, 3, Echo()[12..]));
        yield return Aborted("a context that was not accepted", 6, s_associate, Data(7, 3, Echo()[12..]));
    }

    private static IEnumerable<TestCaseData> InMessages()
    {
        yield return Aborted("a data set without a command", 5, s_associate, s_part);
        yield return Aborted("a command inside a data set", 5, s_associate, Store(), s_part, Store(2));
        yield return Aborted("contexts mixed in a data set", 6, s_associate, Store(), s_part, Data(5, 0, new byte[4]));
        yield return Aborted("contexts mixed in a command", 6, s_associate, Data(1, 1, new byte[8]), Data(3, 3, new byte[8]));
        yield return Aborted("a release inside a data set", 2, s_associate, Store(), s_part, Release);
        yield return Aborted("a release inside a command", 2, s_associate, Data(3, 1, new byte[4]), Release);
        yield return Aborted("a command without an end", 6,
            [s_associate, .. Enumerable.Repeat(Data(1, 1, new byte[8000]), 9)]);
        yield return Aborted("a command of three bytes", 6, s_associate, Data(1, 3, [1, 2, 3]));
        yield return Aborted("a command of another group", 6, s_associate, Data(1, 3, Element(8, 0x16, Text("1.2"))));
        yield return Aborted("a command element longer than its command", 6, s_associate, Data(1, 3, [0, 0, 2, 0, 99, 0, 0, 0]));
        yield return Aborted("a command without its field", 6, s_associate, Data(1, 3, Command((0x0110, Word(1)))));
        yield return Aborted("a response to nothing", 2, s_associate, Data(1, 3, Command((0x0100, Word(0x8030)), (0x0900, Word(0)))));
    }

    private static TestCaseData Aborted(string name, byte reason, params byte[][] bytes) =>
        Case(name, Pdu(7, [0, 0, 2, reason]), bytes);

    private static TestCaseData Refused(string name, byte result, byte source, byte reason, byte[] bytes) =>
        Case(name, Pdu(3, [0, result, source, reason]), bytes);

    private static TestCaseData Closed(string name, byte[] bytes) => Case(name, null, bytes);

    private static TestCaseData Case(string name, byte[]? expected, params byte[][] bytes) =>
        new TestCaseData((byte[])[.. bytes.SelectMany(pdu => pdu)], expected).SetArgDisplayNames(name);
}
