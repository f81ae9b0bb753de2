/* 2-beolsik keys and QWERTY, and syllables taken apart into letters (자모). */
const KEYS = Object.fromEntries([..."ㅂq ㅈw ㄷe ㄱr ㅅt ㅛy ㅕu ㅑi ㅐo ㅔp ㅁa ㄴs ㅇd ㄹf ㅎg ㅗh ㅓj ㅏk ㅣl ㅋz ㅌx ㅊc ㅍv ㅠb ㅜn ㅡm ㅃQ ㅉW ㄸE ㄲR ㅆT ㅒO ㅖP"
  .matchAll(/(.)(\w)/g)].map(([, letter, key]) => [letter, key]))
const LETTERS = Object.fromEntries(Object.entries(KEYS).map(([letter, key]) => [key, letter]))
const INITIALS = [..."ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"]
const VOWELS = "ㅏ ㅐ ㅑ ㅒ ㅓ ㅔ ㅕ ㅖ ㅗ ㅗㅏ ㅗㅐ ㅗㅣ ㅛ ㅜ ㅜㅓ ㅜㅔ ㅜㅣ ㅠ ㅡ ㅡㅣ ㅣ".split(" ")
const FINALS = ["", ..."ㄱ ㄲ ㄱㅅ ㄴ ㄴㅈ ㄴㅎ ㄷ ㄹ ㄹㄱ ㄹㅁ ㄹㅂ ㄹㅅ ㄹㅌ ㄹㅍ ㄹㅎ ㅁ ㅂ ㅂㅅ ㅅ ㅆ ㅇ ㅈ ㅊ ㅋ ㅌ ㅍ ㅎ".split(" ")]
/** Letters that Unicode has as one, and two keys make: ㅘ, ㄳ. */
const DOUBLE = { ㅘ: "ㅗㅏ", ㅙ: "ㅗㅐ", ㅚ: "ㅗㅣ", ㅝ: "ㅜㅓ", ㅞ: "ㅜㅔ", ㅟ: "ㅜㅣ", ㅢ: "ㅡㅣ", ㄳ: "ㄱㅅ", ㄵ: "ㄴㅈ", ㄶ: "ㄴㅎ", ㄺ: "ㄹㄱ", ㄻ: "ㄹㅁ", ㄼ: "ㄹㅂ", ㄽ: "ㄹㅅ", ㄾ: "ㄹㅌ", ㄿ: "ㄹㅍ", ㅀ: "ㄹㅎ", ㅄ: "ㅂㅅ" }

/** Every letter that is a key of its own; other signs stay. */
const letters = (text) => text.replace(/[가-힣]/g, (syllable) => {
  const number = syllable.charCodeAt(0) - 0xac00
  return INITIALS[Math.floor(number / 588)] + VOWELS[Math.floor(number / 28) % 21] + FINALS[number % 28]
}).replace(/[ㄱ-ㅣ]/g, (letter) => DOUBLE[letter] || letter)

/** What the same keys write in QWERTY. */
const asKeys = (text) => letters(text).replace(/[ㄱ-ㅣ]/g, (letter) => KEYS[letter].toLowerCase())

const SYLLABLE = /([ㄱ-ㅎ])(ㅗㅏ|ㅗㅐ|ㅗㅣ|ㅜㅓ|ㅜㅔ|ㅜㅣ|ㅡㅣ|[ㅏ-ㅣ])((?:ㄱㅅ|ㄴㅈ|ㄴㅎ|ㄹㄱ|ㄹㅁ|ㄹㅂ|ㄹㅅ|ㄹㅌ|ㄹㅍ|ㄹㅎ|ㅂㅅ|[ㄱ-ㄷㄹㅁ-ㅂㅅ-ㅈㅊ-ㅎ])(?![ㅏ-ㅣ]))?/g

/** What the same keys write in Hangul. Shift makes five consonants and two vowels, else nothing. */
const asHangul = (text) => text
  .replace(/[a-z]/gi, (key) => LETTERS[key] || LETTERS[key.toLowerCase()])
  .replace(SYLLABLE, (all, initial, vowel, final = "") => {
    const [one, two, three] = [INITIALS.indexOf(initial), VOWELS.indexOf(vowel), FINALS.indexOf(final)]
    return one < 0 ? all : String.fromCharCode(0xac00 + one * 588 + two * 28 + three)
  })
