#!/usr/bin/env bash
# How a table is read is said by one set of flags, which every command that reads tables has; so no message of one
# proposes a flag that it does not know.
. "$(dirname "$0")/common.bash"

knows() { [[ $("$sbert" "$1" "$2" --help 2>&1 || true) != *"unknown flag '$2'"* ]]; }
knows encode --no-such-flag && die "this test would not notice a flag that is missing"
tables="encode mine tokenize eval train"
for command in $tables; do
  for flag in delimiter encoding format no-header no-quoting no-unlabelled column columns; do
    knows "$command" "--$flag" || die "$command has no --$flag"
  done
done

# Every flag in a message of the library is one of all commands that may come to that place.
source=$tests_directory/../src
check_files() { # check_files "COMMAND..." FILE...
  local commands=$1 flag command
  shift
  while read -r flag; do
    for command in $commands; do
      knows "$command" "$flag" || die "$* propose $flag, which '$command' does not have"
    done
  done < <(grep -hoE '"[^"]*"' "$@" | grep -oE -- '--[a-z][a-z-]+' | sort -u)
}
# What reads tables serves them all; what makes examples serves eval and train; what looks at a loss's data, train.
examples=("$source"/data/{examples,examples_alike,class_names,expand_row,duplicate_pairs,retrieval_pairs,beir}.cpp)
mapfile -t others < <(find "$source/data" "$source/text" -name '*.cpp' |
  grep -vE '/(examples|examples_alike|class_names|expand_row|duplicate_pairs|retrieval_pairs|beir|column_checks)\.cpp$')
check_files "$tables" "${others[@]}"
check_files "eval train" "${examples[@]}"
check_files train "$source"/data/column_checks.cpp "$source"/losses/*.cpp
for command in encode mine tokenize eval train similarity info convert; do
  check_files "$command" "$source/cli/$command.cpp"
done

# And as it happens: the proposals work.
fails() { expect_fail "$1" "$2" "$sbert" "${@:3}"; }
printf 'caf\xe9 \x93quoted\x94\n' >windows.txt
for command in encode mine tokenize; do
  fails 1 'windows.txt: line 1: invalid UTF-8 at byte 4; .*--encoding windows-1252' \
    $command --model "$model" --quiet --input windows.txt
  "$sbert" $command --model "$model" --quiet --input windows.txt --encoding windows-1252 >got
done
"$sbert" encode --model "$model" --input windows.txt --encoding windows-1252 | grep -q '"text":"café “quoted”"'
fails 1 'byte 6 \(0x93\) is a control character in Latin-1, and a printable one in windows-1252; read the file with --encoding windows-1252' \
  encode --model "$model" --quiet --input windows.txt --encoding latin1

printf 'id;text\n1;a cat\n2;a dog\n' >semicolons.csv
for command in encode mine tokenize; do
  fails 2 "semicolons.csv: its first line has ';' 1 time and ',' 0: .* --delimiter ';' or --delimiter ','" \
    $command --model "$model" --quiet --input semicolons.csv --column text
  "$sbert" $command --model "$model" --quiet --input semicolons.csv --column text --delimiter ';' >got
  "$sbert" $command --model "$model" --quiet --input semicolons.csv --columns text --delimiter ';' | cmp got -
done
printf 'SEP=|\r\nid|text\r\n1|a cat\r\n' >excel.csv
fails 2 "excel.csv: its first line says that '\|' separates the fields: read it with --delimiter '\|'" \
  encode --model "$model" --quiet --input excel.csv
"$sbert" encode --model "$model" --input excel.csv --delimiter '|' | grep -q '"text":"a cat"'

printf 'a,b,score\nx,y,\nz,w,1\nq,r,0\nx,r,2\n' >blank.csv
fails 1 "blank.csv: line 2: column 'score' holds '', expected a number; --no-unlabelled leaves such rows out" \
  eval --model "$model" --quiet --task sts --data blank.csv
"$sbert" eval --model "$model" --quiet --task sts --data blank.csv --no-unlabelled | grep -q spearman_cosine
"$sbert" encode --model "$model" --quiet --input blank.csv --column a --no-unlabelled | wc -l | grep -qx 3

# A name says its format in capitals, too.
printf 'id,text\n1,a cat\n' >DATA.CSV
printf '{"id": 1, "text": "a cat"}\n' >DATA.JSONL
gzip --stdout DATA.CSV >DATA.CSV.GZ
printf 'a cat\n' | "$sbert" encode --model "$model" >expected
for file in DATA.CSV DATA.JSONL DATA.CSV.GZ; do
  "$sbert" encode --model "$model" --input $file | cmp expected -
done

# No index and no number becomes a text without a word.
printf ',a,b\n0,a cat,the cat\n1,red,a car\n' >pandas.csv
printf 'Unnamed: 0,a,b\n0,a cat,the cat\n1,red,a car\n' >read-again.csv
printf 'n,a,b\n0,a cat,the cat\n1,red,a car\n' >numbers.csv
for file in pandas read-again numbers; do
  fails 2 "$file.csv: column .*would be taken for a text; choose the columns with --columns, such as --columns a,b" \
    train --model "$model" --loss MultipleNegativesRankingLoss --data $file.csv --check --quiet
  fails 2 "$file.csv: column .*choose the columns with --columns" \
    eval --model "$model" --quiet --task triplet --data $file.csv
  "$sbert" train --model "$model" --loss MultipleNegativesRankingLoss --data $file.csv --columns a,b --check --quiet >got
  grep -q '  a: a cat' got
done
