using System.Text.RegularExpressions;

namespace RecordHub.Interop.Tests.Dicom;

/// <summary>What dicom3tools finds wrong in a file, without the values.</summary>
internal static partial class Dciodvfy
{
    public static async Task<HashSet<string>> ErrorsAsync(string path, CancellationToken token)
    {
        (_, string output) = await Peer.RunAsync("dciodvfy", token, path);
        return [.. output.Split('\n').Where(line => line.StartsWith("Error", StringComparison.Ordinal))
            .Select(line => Value().Replace(line, "…"))];
    }

    [GeneratedRegex(@"<[^>]*>|\d+(\.\d+)+|UID \d+$")]
    private static partial Regex Value();
}
