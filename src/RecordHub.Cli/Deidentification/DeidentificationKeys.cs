using System.Security.Cryptography;
using RecordHub.Core.Cases;
using RecordHub.Dicom.Deidentification;

namespace RecordHub.Cli.Deidentification;

/// <summary>Where the key of a de-identification comes from: a file, the data folder's secret for a case, or nowhere.</summary>
internal static class DeidentificationKeys
{
    private const int MaxBytes = 4096;
    private const string SecretName = "deidentification.key";

    public static DeidentificationKey OfFile(string path)
    {
        using FileStream file = File.OpenRead(path);
        byte[] secret = new byte[MaxBytes];
        int length = file.ReadAtLeast(secret, secret.Length, throwOnEndOfStream: false);
        return length >= DeidentificationKey.MinimumBytes
            ? DeidentificationKey.Of(secret.AsSpan(0, length))
            : throw new CommandException(
                $"The key file has {length} bytes; at least {DeidentificationKey.MinimumBytes} are needed.",
                "Make one with: head -c 32 /dev/urandom > FILE, and keep it: it is needed for the same replacements again.");
    }

    /// <summary>The secret is made when it is first needed, and stays in the data folder, readable by its owner alone.</summary>
    public static DeidentificationKey OfCase(string data, CaseNumber number)
    {
        Directory.CreateDirectory(data);
        string path = Path.Combine(data, SecretName);
        if (!File.Exists(path))
        {
            FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            using FileStream file = new(path, options);
            file.Write(RandomNumberGenerator.GetBytes(32));
        }

        return OfFile(path).For($"case {number.Value}");
    }
}
