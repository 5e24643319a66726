using System.Globalization;
using System.Text;

namespace RecordHub.Interop.Tests.Dicom;

/// <summary>A picture as <c>dcm2pnm</c> writes it: binary PGM or PPM with 8 bits.</summary>
internal sealed record PortableImage(int Width, int Height, int Channels, byte[] Samples)
{
    public static PortableImage Read(string path)
    {
        byte[] file = File.ReadAllBytes(path);
        List<string> words = [];
        int at = 0;
        while (words.Count < 4)
        {
            int end = Array.FindIndex(file, at, value => value is (byte)'\n' or (byte)' ' or (byte)'\t');
            string word = Encoding.ASCII.GetString(file, at, end - at);
            at = word.StartsWith('#') ? Array.IndexOf(file, (byte)'\n', at) + 1 : end + 1;
            if (word.Length > 0 && !word.StartsWith('#'))
            {
                words.Add(word);
            }
        }

        return new PortableImage(
            int.Parse(words[1], CultureInfo.InvariantCulture), int.Parse(words[2], CultureInfo.InvariantCulture),
            words[0] == "P6" ? 3 : 1, file[at..]);
    }

    public ReadOnlySpan<byte> this[int x, int y] => Samples.AsSpan(((y * Width) + x) * Channels, Channels);
}
