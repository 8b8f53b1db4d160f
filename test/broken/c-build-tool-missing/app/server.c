#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>
int main(void){int s=socket(AF_INET,SOCK_STREAM,0);struct sockaddr_in a={.sin_family=AF_INET,.sin_port=htons(8080)};bind(s,(struct sockaddr*)&a,sizeof a);listen(s,9);for(;;){int c=accept(s,0,0);if(c>=0)close(c);}}
