using System.Globalization;
using System.Reflection;
using System.Text;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Deidentification;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Encoding;
using RecordHub.Dicom.Files;
using RecordHub.Dicom.Network;
using RecordHub.Server.Dicom;
using RecordHub.Server.Hosting;

namespace RecordHub.Server.Tests.Dicom;

/// <summary>The tables of the conformance statement, made from what the code uses.</summary>
internal static class ConformanceTables
{
    private static readonly AcceptorOptions s_acceptor = new DicomLimits().ToAcceptorOptions();

    internal static IReadOnlyDictionary<string, Func<string>> All { get; } = new Dictionary<string, Func<string>>
    {
        ["storage-sop-classes"] = StorageSopClasses,
        ["other-sop-classes"] = OtherSopClasses,
        ["implementation"] = ImplementationNames,
        ["limits"] = Limits,
        ["rejections"] = Rejections,
        ["aborts"] = Aborts,
        ["transfer-syntaxes"] = TransferSyntaxes,
        ["store-statuses"] = StoreStatuses,
        ["find-keys"] = FindKeys,
        ["query-statuses"] = QueryStatuses,
        ["character-sets"] = CharacterSets,
        ["cipher-suites"] = CipherSuites,
        ["confidentiality-options"] = ConfidentialityOptions,
    };

    private static string StorageSopClasses() => Rows(
        ["SOP class", "UID", "Retired"],
        UidDictionary.StorageSopClasses.Where(entry => AcceptedSyntaxes.IsStorage(entry.Uid, s_acceptor, null))
            .Select(entry => (string[])[entry.Name, entry.Uid.ToString(), entry.IsRetired ? "retired" : string.Empty]));

    private static string OtherSopClasses() => Rows(
        ["SOP class", "UID", "User", "Provider"],
        s_acceptor.Services.Append(WellKnownUids.Verification)
            .OrderBy(uid => uid.ToString(), StringComparer.Ordinal)
            .Select(uid => (string[])
                [UidDictionary.NameOf(uid), uid.ToString(), "yes", "yes"]));

    private static string ImplementationNames() => Rows(
        ["Name", "Value"],
        [
            ["Implementation Class UID", Implementation.ClassUid.ToString()],
            ["Implementation Version Name", Implementation.VersionName],
        ]);

    private static string Limits()
    {
        DicomLimits limits = new();
        RequestorOptions requestor = new() { CallingAeTitle = "A", CalledAeTitle = "B" };
        return Rows(
            ["Limit", "Default", "Setting"],
            [
                ["Associations at a time", Number(new RecordHubOptions { Data = "." }.MaxAssociations), "`Dicom:MaxAssociations`"],
                ["Connections without an association", Number(limits.MaxWaiting), "`Dicom:MaxWaiting`"],
                ["The same, of one address", Number(limits.MaxWaitingPerAddress), "`Dicom:MaxWaitingPerAddress`"],
                ["Largest PDU received", Bytes(limits.MaxPduLength), "`Dicom:MaxPduLength`"],
                ["Largest PDU sent, accepting", Bytes(s_acceptor.MaxSentPduLength), "or the peer's, if less"],
                ["Largest PDU received, requesting", Bytes(requestor.MaxPduLength), string.Empty],
                ["Largest PDU sent, requesting", Bytes(requestor.MaxSentPduLength), "or the peer's, if less"],
                ["Largest A-ASSOCIATE PDU", Bytes(s_acceptor.MaxAssociatePduLength), string.Empty],
                ["Operations outstanding (53H)", Number(s_acceptor.MaxOperationsInvoked), string.Empty],
                ["Instances received and not durable yet", Number(limits.MaxInstancesInFlight), "`Dicom:MaxInstancesInFlight`"],
                ["Bytes of them", Bytes(limits.MaxBytesInFlight), "`Dicom:MaxBytesInFlight`"],
                ["ARTIM, until the A-ASSOCIATE-RQ", Seconds(limits.Artim), "`Dicom:ArtimSeconds`"],
                ["ARTIM, until the peer closes", Seconds(s_acceptor.CloseTimeout), string.Empty],
                ["Silence between messages", Seconds(limits.Idle), "`Dicom:IdleSeconds`"],
                ["Silence inside a message", Seconds(limits.Stall), "`Dicom:StallSeconds`"],
                ["Until a held back sender hears A700", Seconds(limits.AdmissionWait), "`Dicom:AdmissionSeconds`"],
            ]);
    }

    private static string Rejections() => Rows(
        ["A-ASSOCIATE-RJ: result/source/reason", "Meaning"],
        typeof(AssociationRejection).GetProperties(BindingFlags.Public | BindingFlags.Static)
            .Select(property => property.GetValue(null)).OfType<AssociationRejection>()
            .Select(rejection => rejection.ToString().Split(' ', 2)));

    private static string Aborts() => Rows(
        ["A-ABORT: reason, with source 2", "Meaning"],
        Enum.GetValues<AbortReason>().Select(reason => (string[])[Number((int)reason), Words(reason.ToString())]));

    private static string TransferSyntaxes() => Rows(
        ["Transfer syntax", "UID"],
        UidDictionary.TransferSyntaxes.Where(entry => AcceptedSyntaxes.IsTransferSyntax(entry.Uid, s_acceptor))
            .Select(entry => (string[])[entry.Name, entry.Uid.ToString()]));

    private static string StoreStatuses() => Statuses(
    [
        (DimseStatus.Success, "stored, durably"),
        (DimseStatus.DataSetDoesNotMatchSopClassWarning, "stored; the data set ends early, or is not what its class asks for"),
        (DimseStatus.ProcessingFailure, "a fault of ours; send it again"),
        (DimseStatus.InvalidSopInstance, "the SOP Instance UID is no UID"),
        (DimseStatus.SopClassNotSupported, "the class is not the context's, which is not its related general class (57H) either; or no UID"),
        (DimseStatus.NotAuthorized, "the site may not store"),
        (DimseStatus.DuplicateInvocation, "the Message ID is that of an operation under way"),
        (DimseStatus.UnrecognizedOperation, "no operation of ours"),
        (DimseStatus.MistypedArgument, "a command element is missing or of the wrong kind"),
        (DimseStatus.ResourceLimitation, "the instance is larger than is taken"),
        (DimseStatus.OutOfResources, "disk, database or a limit in flight; send it again later"),
        (DimseStatus.DataSetDoesNotMatchSopClass, "SOP class or instance of the data set are others than the command's, or it is in no study or series"),
        (DimseStatus.CannotUnderstand, "the data set cannot be read"),
    ]);

    private static string QueryStatuses() => Statuses(
    [
        (DimseStatus.Pending, "a match, or sub-operations go on"),
        (DimseStatus.PendingWithUnsupportedKeys, "a match; a key is not matched or not answered"),
        (DimseStatus.Success, "done"),
        (DimseStatus.Cancelled, "cancelled by C-CANCEL"),
        (DimseStatus.SubOperationsFailed, "done; some instances could not be sent, and are listed"),
        (DimseStatus.SopClassNotSupported, "the class is not the context's"),
        (DimseStatus.NotAuthorized, "the site may not do this"),
        (DimseStatus.OutOfResources, "the database cannot be asked; try again later"),
        (DimseStatus.CannotCalculateMatches, "the database cannot be asked; try again later"),
        (DimseStatus.CannotPerformSubOperations, "no instance could be sent"),
        (DimseStatus.MoveDestinationUnknown, "no configured site has this AE title, address and port"),
        (DimseStatus.DataSetDoesNotMatchSopClass, "level or unique key missing or wrong, or a key that can match nothing"),
        (DimseStatus.CannotUnderstand, "the identifier cannot be read"),
    ]);

    private static string FindKeys() => Rows(
        ["Key", "Tag", "Level"],
        QueryKeys.Matched.Select(keyword => DicomDictionary.TryGetTag(keyword, out DicomTag tag) ? tag : default)
            .OrderBy(tag => tag.Value)
            .Select(tag => (string[])
                [DicomDictionary.NameOf(tag), tag.ToString(), QueryLevels.NameOf(QueryAttributes.LevelOf(tag))]));

    private static string CharacterSets() => Rows(
        ["Defined term", "Code extensions"],
        CharacterSetTerm.All.Where(term => term.Name != CharacterSetTerm.ShiftJis)
            .Select(term => (string[])[term.Name, term.Escape.Length > 0 ? "yes" : "no"]));

    private static string CipherSuites() => Rows(
        ["Cipher suite"], TlsPolicy.CipherSuites.Select(suite => (string[])[suite.ToString()]));

    private static string ConfidentialityOptions() => Rows(
        ["Option of PS3.15 §E.3"],
        Enum.GetValues<ConfidentialityOption>().Select(option => (string[])[Words(option.ToString())]));

    private static string Statuses((ushort Status, string When)[] statuses) => Rows(
        ["Status", "When"],
        statuses.Select(one => (string[])[one.Status.ToString("X4", CultureInfo.InvariantCulture), one.When]));

    private static string Rows(string[] head, IEnumerable<string[]> rows)
    {
        StringBuilder table = new();
        table.Append("| ").AppendJoin(" | ", head).Append(" |\n|").Insert(table.Length, "---|", head.Length).Append('\n');
        foreach (string[] row in rows)
        {
            table.Append("| ").AppendJoin(" | ", row.Select(cell => cell.Replace("|", "\\|", StringComparison.Ordinal)))
                .Append(" |\n");
        }

        return table.ToString();
    }

    // UnexpectedPduParameter is "Unexpected pdu parameter".
    private static string Words(string name) => string.Concat(
        name.Select((c, i) => i > 0 && char.IsUpper(c) ? $" {char.ToLowerInvariant(c)}" : c.ToString()));

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Bytes(long value) => value % (1L << 30) == 0
        ? string.Create(CultureInfo.InvariantCulture, $"{value >> 30} GiB")
        : string.Create(CultureInfo.InvariantCulture, $"{value >> 10} KiB");

    private static string Seconds(TimeSpan value) =>
        string.Create(CultureInfo.InvariantCulture, $"{value.TotalSeconds:0} s");
}
